// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit;

import io.deferred.Debugging;
import io.deferred.Deferred;
import io.deferred.DelayedCall;
import io.deferred.Failure;
import io.deferred.Leftover;
import io.deferred.UnhandledFailure;
import io.deferred.UnhandledFailures;
import io.deferred.spi.Tracker;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Knows on whose account each thread makes what it makes: what is made in a test, or in a callback, a body or a function that was made in it, on the test's. What is made by threads of which nothing is known is nobody's, until a class
 * ends.
 */
final class Accounts implements Tracker {
    private static final System.Logger LOG = System.getLogger(Accounts.class.getName());

    private static final ThreadLocal<@Nullable Account> CURRENT = new ThreadLocal<>();

    private static volatile Account nobodys = new Account("nobody");

    /** Those to which failures were reported, which any thread may handle yet. */
    private static final Set<Account> TOLD =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    /** How many tests and classes are under way: written under the class. While there are none, all that is told to nobody goes where it goes without the kit. */
    private static volatile int runs;

    private Accounts() {}

    private static final class Installed {
        static {
            Leftover.track(new Accounts());
        }

        static void touch() {}
    }

    /** A test or a class begins: from now on all is told to the accounts. */
    static synchronized void open() {
        Debugging.full(); // each time: a test may have changed it
        Installed.touch();
        if (runs++ == 0) {
            UnhandledFailures.setHandler(Accounts::report);
            UnhandledFailures.setHandledHandler(report -> forget(report.failure()));
        }
    }

    /** It has ended. After the last one, failures are logged again, and with them those that nobody was charged with. */
    static synchronized void close() {
        if (--runs == 0) {
            UnhandledFailures.resetHandler();
            logReports(takeNobodys());
        }
    }

    /** Nothing is to be lost because no class can be charged with it. */
    static void logReports(Account account) {
        account.reports()
                .forEach(report -> LOG.log(
                        Level.ERROR,
                        "Unhandled outside of all tests: " + report.text(),
                        report.failure().exception()));
    }

    static @Nullable Account current() {
        return CURRENT.get();
    }

    /** Returns what gives the thread back the account that it had. */
    static Scope enter(@Nullable Account account) {
        Account before = CURRENT.get();
        CURRENT.set(account);
        return () -> CURRENT.set(before);
    }

    /** What nobody was charged with until now, for a class to be charged with. */
    static synchronized Account takeNobodys() {
        Account taken = nobodys;
        nobodys = new Account("nobody");
        return taken;
    }

    static Account nobodys() {
        return nobodys;
    }

    /** The failure was handled, or is told as something else's. */
    static void forget(Failure failure) {
        List<Account> all;
        synchronized (TOLD) {
            all = new ArrayList<>(TOLD);
        }
        all.forEach(account -> account.forget(failure));
        nobodys.forget(failure);
    }

    private static void report(UnhandledFailure report) {
        if (Account.isCancellation(report.failure())) {
            return; // whoever has cancelled knows
        }
        Account account = CURRENT.get();
        if (account == null || !account.report(report)) {
            nobodys.report(report);
        } else {
            TOLD.add(account);
        }
    }

    @Override
    public void made(Deferred<?> deferred) {
        Account account = CURRENT.get();
        if ((account == null || !account.made(deferred)) && runs > 0) {
            nobodys.made(deferred);
        }
    }

    @Override
    public void armed(DelayedCall call, Runnable action, String line) {
        Account account = CURRENT.get();
        if ((account == null || !account.armed(call, action, line)) && runs > 0) {
            nobodys.armed(call, action, line);
        }
    }

    @Override
    public void late(Deferred<?> cancelled, Failure failure) {
        Account account = CURRENT.get();
        if (account != null) {
            account.late(failure);
        }
    }

    @Override
    public @Nullable Object capture() {
        return CURRENT.get();
    }

    @Override
    public Scope restore(Object captured) {
        return enter((Account) captured);
    }
}
