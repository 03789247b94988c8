// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.own;

import io.deferred.Callback;
import io.deferred.Deferred;
import io.deferred.Failure;
import java.util.stream.Stream;

/** What the works are put together from. Functions are constants: those of a user cost what they cost. */
final class Parts {
    static final String VALUE = "value";

    @SuppressWarnings("StaticAssignmentOfThrowable") // what it costs to make one is not the question
    static final Exception EXCEPTION = new Exception("of a benchmark");

    static final Callback<String, String> SAME = v -> v;
    static final Callback<Failure, String> HANDLER = f -> VALUE;

    private Parts() {}

    /** Adds so many callbacks. */
    static Deferred<String> stages(Deferred<String> deferred, int count) {
        Deferred<String> end = deferred;
        for (int i = 0; i < count; i++) {
            end = end.addCallback(SAME);
        }
        return end;
    }

    /** So many unfired ones, in an array. */
    @SuppressWarnings("unchecked") // nobody sees it under another type
    static Deferred<String>[] unfired(int count) {
        Deferred<String>[] all = (Deferred<String>[]) new Deferred<?>[count];
        for (int i = 0; i < count; i++) {
            all[i] = new Deferred<>();
        }
        return all;
    }

    /** Fires all of them. */
    static void fire(Deferred<String>[] all) {
        for (Deferred<String> each : all) {
            each.callback(VALUE);
        }
    }

    static Stream<Work<?>> works(Work<?>... works) {
        return Stream.of(works);
    }
}
