// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The first value wins, and the others are cancelled. Where the whole has been fired already, by a cancel that a member did not heed, the late member goes on with
 * {@link AlreadyCalledException}, as in Twisted.
 */
final class Race<T extends @Nullable Object> extends Gathering<T, Indexed<T>> {
    private final AtomicBoolean won = new AtomicBoolean();

    private Race(Deferred<?>[] members) {
        super(members);
    }

    static <T extends @Nullable Object> Deferred<Indexed<T>> of(Collection<? extends Deferred<? extends T>> members) {
        if (members.isEmpty()) {
            return Deferred.fail(
                    new IllegalArgumentException("a race of no Deferreds would never end; give at least one"));
        }
        Deferred<?>[] array = arrayOf(members);
        return new Race<T>(array).start(array);
    }

    @Override
    boolean membersFire() {
        return false;
    }

    @Override
    boolean keepsCancels() {
        return false;
    }

    @Override
    @Nullable
    Object ended(int index, @Nullable Object result) {
        if (!(result instanceof Failure) && won.compareAndSet(false, true)) {
            Deferred<?>[] members = membersIfUnfired();
            if (members != null) {
                cancelMembersBut(index, members);
            }
            callback(new Indexed<>(index, Masked.<T>as(result)));
        }
        return null;
    }

    @Override
    void allEnded() {
        if (!won.get()) {
            errback(new FailureGroupException(failures()));
        }
    }
}
