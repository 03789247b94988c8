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

    private static final long SECOND_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private Reckoning() {}

    private static boolean isAnyLeft(Account account, Set<Kind> allowed) {
        return account.deferreds().stream().anyMatch(each -> !allowed.containsAll(Leftover.kindsOf(each)));
    }

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
        if (isAnyLeft(account, allowed)) {
            LockSupport.parkNanos(SECOND_LOOK_NANOS); // a thread that is just being told of a cancel is seen to wait
            awaitWork(account, patience);
        }
        Told left = new Told();
        for (Deferred<?> deferred : account.deferreds()) {
            Set<Kind> kinds = Leftover.kindsOf(deferred);
            if (kinds.isEmpty() || allowed.containsAll(kinds)) {
                continue;
            }
            if (left.isFull()) {
                left.more++;
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
        if (!allowed.contains(Kind.UNHANDLED_FAILURE)) {
            account.reports()
                    .forEach(report -> left.add(
                            Kind.UNHANDLED_FAILURE + ": " + report.failure() + System.lineSeparator() + report.text()));
        }
        List<String> texts = left.all();
        account.onces().stream().filter(once -> !once.isRight()).forEach(once -> texts.add(once.toString()));
        return texts;
    }

    private static void forget(Account account, Failure failure) {
        account.forget(failure);
        Accounts.nobodys().forget(failure);
    }

    /** Those that are not told already, as what a Deferred waits for. */
    private static void addCalls(Account account, Set<Kind> allowed, Told left) {
        if (!allowed.contains(Kind.ARMED)) {
            List<String> ofDeferreds = List.copyOf(left.texts);
            account.calls().forEach((call, line) -> {
                if (ofDeferreds.stream().noneMatch(text -> text.startsWith(Kind.ARMED.name()) && text.contains(line))) {
                    left.add(Kind.ARMED + ": " + call + " asked for at " + line);
                }
            });
        }
    }

    /** The texts of what is left; of more than a few only how many. */
    private static final class Told {
        private final List<String> texts = new ArrayList<>();
        private int more;

        boolean isFull() {
            return texts.size() >= MOST_TOLD;
        }

        void add(String text) {
            if (isFull()) {
                more++;
            } else {
                texts.add(text);
            }
        }

        List<String> all() {
            List<String> all = new ArrayList<>(texts);
            if (more > 0) {
                all.add("... and " + more + " more");
            }
            return all;
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
