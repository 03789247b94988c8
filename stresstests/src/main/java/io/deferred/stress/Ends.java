// SPDX-License-Identifier: Apache-2.0
package io.deferred.stress;

import io.deferred.AlreadyCalledException;
import io.deferred.Deferred;
import io.deferred.FirstErrorException;
import io.deferred.Outcome;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** How a Deferred of a race has ended, and what was said to who fired it: a word or a value, which jcstress counts. */
final class Ends {
    private Ends() {}

    /** Handles a failure, so that nobody reports it. */
    static <T extends @Nullable Object> Object of(Deferred<T> deferred) {
        Object[] seen = {"pending"};
        deferred.tapBoth(outcome -> seen[0] = word(outcome)).handle(failure -> {});
        return seen[0];
    }

    private static Object word(Outcome<?> outcome) {
        return outcome instanceof Outcome.Failed<?> failed
                ? word(failed.failure().exception())
                : String.valueOf(outcome.unwrap());
    }

    static String word(Throwable exception) {
        if (exception instanceof CancellationException) {
            return "cancelled";
        }
        if (exception instanceof TimeoutException) {
            return "timed out";
        }
        if (exception instanceof AlreadyCalledException) {
            return "refused";
        }
        return exception instanceof FirstErrorException first
                ? "first error of " + first.index()
                : exception.getClass().getSimpleName();
    }

    /** Accepted includes the one late result that a cancelled Deferred takes without a word. */
    static String fire(Deferred<Integer> deferred, int value) {
        try {
            deferred.callback(value);
            return "accepted";
        } catch (AlreadyCalledException e) {
            return word(e);
        }
    }
}
