// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit.guide;

import io.deferred.Deferred;
import io.deferred.DeferredLock;
import io.deferred.Scheduler;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;

/** What the examples test: transfers between accounts, one at a time, written by a slow thread, with a limit of two seconds. */
class Bank {
    static final Duration LIMIT = Duration.ofSeconds(2);

    private final Map<String, Integer> accounts = new HashMap<>(Map.of("Ada", 100, "Bob", 0));
    private final DeferredLock lock = new DeferredLock();
    private final Scheduler scheduler;
    private final Executor executor;
    private final Runnable closeTheBook;

    Bank(Scheduler scheduler, Executor executor, Runnable closeTheBook) {
        this.scheduler = scheduler;
        this.executor = executor;
        this.closeTheBook = closeTheBook;
    }

    Deferred<Integer> transfer(String from, String to, int amount) {
        return lock.run(() -> confirmed()
                        .chainCallback(ok -> Deferred.deferToThread(executor, () -> write(from, to, amount)))
                        .tapBoth(outcome -> closeTheBook.run()))
                .addTimeout(LIMIT, scheduler);
    }

    /** The customer needs a second. */
    private Deferred<Boolean> confirmed() {
        return Deferred.deferLater(scheduler, Duration.ofSeconds(1), () -> true);
    }

    private synchronized int write(String from, String to, int amount) {
        if (accounts.get(from) < amount) {
            throw new IllegalStateException(from + " has not so much");
        }
        accounts.merge(from, -amount, Integer::sum);
        return accounts.merge(to, amount, Integer::sum);
    }

    synchronized int balance(String owner) {
        return accounts.get(owner);
    }
}
