// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What each thread was told when it fired a Deferred, or cancelled it. Each place is written by one thread, and read when all are done. */
final class ProgramTally {
    private final int[] accepted;
    private final int[] refused;
    private final int[] failed;
    private final int[] cancellerRan;
    private final List<@Nullable Object> results;

    ProgramTally(int threads) {
        accepted = new int[threads];
        refused = new int[threads];
        failed = new int[threads];
        cancellerRan = new int[threads];
        results = new ArrayList<>(Collections.nCopies(threads, null));
    }

    void accepted(int by, Object result) {
        accepted[by]++;
        results.set(by, result);
    }

    void refused(int by) {
        refused[by]++;
    }

    void cancelled(int by, Cancellation answer) {
        if (answer == Cancellation.FAILED) {
            failed[by]++;
        } else if (answer == Cancellation.CANCELLER_RAN) {
            cancellerRan[by]++;
        }
    }

    int accepted() {
        return sum(accepted);
    }

    int attempts() {
        return sum(accepted) + sum(refused);
    }

    /** How many were told {@link Cancellation#FAILED}. */
    int failed() {
        return sum(failed);
    }

    /** How many were told {@link Cancellation#CANCELLER_RAN}. */
    int cancellerRan() {
        return sum(cancellerRan);
    }

    /** What the one fired it with who was not refused: a Failure, or a value. */
    @Nullable
    Object result() {
        for (Object result : results) {
            if (result != null) {
                return result;
            }
        }
        return null;
    }

    private static int sum(int[] numbers) {
        int sum = 0;
        for (int number : numbers) {
            sum += number;
        }
        return sum;
    }
}
