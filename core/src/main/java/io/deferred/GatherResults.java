// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values of all, or the first failure. */
final class GatherResults<T extends @Nullable Object> extends Gathering<T, List<T>> {
    /** Whose failures are taken from the members. */
    enum Consume {
        NONE,
        ALL,
        /** The one that the whole fails with; the others stay with their members, and are not lost. */
        REPORTED
    }

    private final Consume consume;

    private GatherResults(Collection<? extends Deferred<? extends T>> members, Consume consume) {
        super(members, true);
        this.consume = consume;
        if (consume != Consume.REPORTED) {
            keepCancels();
        }
    }

    static <T extends @Nullable Object> Deferred<List<T>> of(
            Collection<? extends Deferred<? extends T>> members, Consume consume) {
        return members.isEmpty() ? Deferred.succeed(List.of()) : new GatherResults<T>(members, consume).start();
    }

    @Override
    @Nullable
    Object ended(int index, @Nullable Object result, boolean last) {
        if (result instanceof Failure failure) {
            boolean reported = whole.fire(new Failure(new FirstErrorException(failure, index)));
            return consume == Consume.ALL || (reported && consume == Consume.REPORTED) ? null : result;
        }
        if (last) {
            @SuppressWarnings("unchecked") // no member failed, or the whole has fired
            List<T> values = (List<T>) results();
            whole.fire((Object) values);
        }
        return result;
    }
}
