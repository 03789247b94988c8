// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values of all, or the first failure. The kinds are classes because a field for the kind would cost eight bytes. */
abstract sealed class GatherResults<T extends @Nullable Object> extends Gathering<T, List<T>> {
    private GatherResults(Deferred<?>[] members) {
        super(members);
    }

    /** Members keep their failures. Keeps the array, as the others do. */
    static <T extends @Nullable Object> Deferred<List<T>> leaving(Deferred<? extends T>[] members) {
        return members.length == 0 ? Deferred.succeed(List.of()) : new Leaving<T>(members).start(members);
    }

    /** Takes all failures from the members. */
    static <T extends @Nullable Object> Deferred<List<T>> consuming(Deferred<? extends T>[] members) {
        return members.length == 0 ? Deferred.succeed(List.of()) : new Consuming<T>(members).start(members);
    }

    /** Takes the failure that the whole fails with; the others stay with their members, and are not lost. */
    static <T extends @Nullable Object> Deferred<List<T>> joining(Deferred<? extends T>[] members) {
        return members.length == 0 ? Deferred.succeed(List.of()) : new Joining<T>(members).start(members);
    }

    @SuppressWarnings("unchecked") // an array has no type variables, and nobody else sees it
    static <T extends @Nullable Object> Deferred<? extends T>[] membersOf(
            Collection<? extends Deferred<? extends T>> members) {
        return (Deferred<? extends T>[]) arrayOf(members);
    }

    /** Whether a failed member goes on with null. */
    abstract boolean consumes(boolean reported);

    @Override
    boolean keepsCancels() {
        return true;
    }

    @Override
    final @Nullable Object ended(int index, @Nullable Object result) {
        if (result instanceof Failure failure) {
            boolean reported = fire(new Failure(new FirstErrorException(failure, index)));
            return consumes(reported) ? null : result;
        }
        return result;
    }

    @Override
    final void allEnded() {
        fire((Object) results()); // no member failed, or this has fired already
    }

    private static final class Leaving<T extends @Nullable Object> extends GatherResults<T> {
        Leaving(Deferred<?>[] members) {
            super(members);
        }

        @Override
        boolean consumes(boolean reported) {
            return false;
        }
    }

    private static final class Consuming<T extends @Nullable Object> extends GatherResults<T> {
        Consuming(Deferred<?>[] members) {
            super(members);
        }

        @Override
        boolean consumes(boolean reported) {
            return true;
        }
    }

    private static final class Joining<T extends @Nullable Object> extends GatherResults<T> {
        Joining(Deferred<?>[] members) {
            super(members);
        }

        @Override
        boolean consumes(boolean reported) {
            return reported;
        }

        @Override
        boolean keepsCancels() {
            return false;
        }
    }
}
