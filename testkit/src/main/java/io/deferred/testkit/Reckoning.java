// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit;

import io.deferred.Deferred;
import io.deferred.Failure;
import io.deferred.Leftover;
import io.deferred.Leftover.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Looks at the end of a test at what is left on its account. */
final class Reckoning {
    /** More of them say nothing more. */
    private static final int MOST_TOLD = 10;

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private Reckoning() {}

    /**
     * Returns what is left, and stops it. A thread that is just ending is given its time.
     *
     * @param account of the test
     * @param allowed kinds that may be left
     * @param patience how long to wait for threads at work, in real time
     * @return a text for each thing that is left
     */
    static List<String> of(Account account, Set<Kind> allowed, Duration patience) {
        List<String> left = look(account, allowed, patience);
        account.tidyUp();
        return left;
    }

    /** The same, without stopping anything. */
    static List<String> look(Account account, Set<Kind> allowed, Duration patience) {
        awaitWork(account, patience);
        List<String> left = new ArrayList<>();
        int more = 0;
        for (Deferred<?> deferred : account.deferreds()) {
            Set<Kind> kinds = Leftover.kindsOf(deferred);
            if (kinds.isEmpty() || allowed.containsAll(kinds)) {
                continue;
            }
            if (left.size() >= MOST_TOLD) {
                more++;
                continue;
            }
            for (Leftover leftover : Leftover.of(deferred)) {
                if (!allowed.contains(leftover.kind())) {
                    leftover.failure().ifPresent(failure -> forget(account, failure));
                    left.add(leftover.kind() + ": " + leftover.text());
                }
            }
        }
        addCalls(account, allowed, left);
        account.reports()
                .forEach(report -> left.add(
                        Kind.UNHANDLED_FAILURE + ": " + report.failure() + System.lineSeparator() + report.text()));
        account.onces().stream().filter(once -> !once.isRight()).forEach(once -> left.add(once.toString()));
        if (more > 0) {
            left.add("... and " + more + " more");
        }
        return left;
    }

    private static void forget(Account account, Failure failure) {
        account.forget(failure);
        Accounts.nobodys().forget(failure);
    }

    /** Those that are not told already, as what a Deferred waits for. */
    private static void addCalls(Account account, Set<Kind> allowed, List<String> left) {
        if (!allowed.contains(Kind.ARMED)) {
            account.calls().forEach((call, line) -> {
                if (left.stream().noneMatch(text -> text.startsWith(Kind.ARMED.name()) && text.contains(line))) {
                    left.add(Kind.ARMED + ": " + call + " asked for at " + line);
                }
            });
        }
    }

    /** False if there is work still. */
    static boolean awaitWork(Account account, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (account.isAtWork()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return true;
    }
}
