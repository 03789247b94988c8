// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit;

import io.deferred.Debugging;
import io.deferred.Deferred;
import io.deferred.DelayedCall;
import io.deferred.Failure;
import io.deferred.VirtualClock;
import io.deferred.spi.ContextPropagator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Runs a scenario again and again, and cancels it at another point each time. A point is before a call of the test's clock: all that fires something while nobody else is at work. */
final class CancelEverywhere {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int NEVER = -1;
    private static final int MOST_CALLS_LEFT = 1000;

    private final Callable<? extends Deferred<?>> scenario;
    private final VirtualClock clock;
    private final Duration limit;

    /** Of the run that is under way: how many points it had until now, and which call was next at the cancel. */
    private int points;

    private boolean wasFiredAtOnce;
    private String point = "";

    /**
     * Makes one that has not begun.
     *
     * @param scenario makes everything anew
     * @param clock of the test
     * @param limit of one run, in real time: one whose calls arm others again and again would have no end
     */
    CancelEverywhere(Callable<? extends Deferred<?>> scenario, VirtualClock clock, Duration limit) {
        this.scenario = scenario;
        this.clock = clock;
        this.limit = limit;
    }

    /** Returns how many points there were. */
    int run() throws Exception {
        List<String> wrong = runCancelledAt(NEVER);
        if (!wrong.isEmpty()) {
            throw new AssertionError(text("the scenario, which nobody has cancelled,", wrong));
        }
        int all = points;
        if (all == 0 && !wasFiredAtOnce) {
            throw new AssertionError("the scenario has no point at which to cancel it: it came to its end without any"
                    + " call of the test's clock; have it wait by clock() and newExecutor(), not by threads and"
                    + " timers of its own");
        }
        for (int at = 0; at < all; at++) {
            wrong = runCancelledAt(at);
            if (!wrong.isEmpty()) {
                throw new AssertionError(text(
                        "the scenario, cancelled at point " + (at + 1) + " of " + all + ", before " + point + ",",
                        wrong));
            }
        }
        return all;
    }

    private static String text(String subject, List<String> wrong) {
        return subject + " is not right:" + System.lineSeparator() + String.join(System.lineSeparator(), wrong);
    }

    private List<String> runCancelledAt(int at) throws Exception {
        points = 0;
        Account account = new Account("the scenario");
        account.use(clock);
        List<String> wrong = new ArrayList<>();
        ContextPropagator.Scope scope = Accounts.enter(account);
        try {
            String waited = runOnce(account, at);
            if (waited != null) {
                wrong.add("it never ends. It waits so: " + waited);
            }
            wrong.addAll(Reckoning.look(account, Set.of(), PATIENCE));
            makeWhatIsLeft(account);
            account.late().stream()
                    .filter(CancelEverywhere::isLost)
                    .forEach(failure ->
                            wrong.add("a failure came after the cancel, and nobody is told of it: " + failure));
        } finally {
            account.tidyUp();
            scope.close();
        }
        return wrong;
    }

    /** Only to see what would come of it. */
    private void makeWhatIsLeft(Account account) {
        Driver driver = new Driver(account, clock);
        int calls = 0;
        while (!account.calls().isEmpty() && calls < MOST_CALLS_LEFT && driver.step()) {
            calls++;
        }
    }

    /** What an operation says when it is interrupted, or cancelled itself, is no news. */
    private static boolean isLost(Failure failure) {
        return !Account.isCancellation(failure) && !(failure.exception() instanceof InterruptedException);
    }

    /** Returns what it waited for, if it has not ended. */
    private @Nullable String runOnce(Account account, int at) throws Exception {
        Deferred<?> whole = scenario.call();
        if (whole == null) {
            throw new AssertionError("the scenario has returned null; a Deferred was to be waited for");
        }
        Driver driver = new Driver(account, clock);
        Driver.Ending ending = Driver.Ending.of(whole);
        wasFiredAtOnce = ending.isThere(Duration.ZERO);
        long deadline = System.nanoTime() + limit.toNanos();
        while (!ending.isThere(Duration.ZERO)) {
            if (at == points) {
                Reckoning.awaitWork(account, PATIENCE);
                point = nextCall(account);
                whole.cancel();
            }
            if (ending.isThere(Duration.ZERO)) {
                break;
            }
            boolean goesOn = driver.step();
            if (goesOn) {
                points++;
            }
            if ((!goesOn && cannotGoOn(account, ending)) || System.nanoTime() - deadline > 0) {
                return Debugging.story(whole);
            }
        }
        return null;
    }

    /** Whether nothing is due and nobody is at work: then nothing fires any more. */
    private boolean cannotGoOn(Account account, Driver.Ending ending) {
        return nothingGoesOn(account) && !ending.isThere(Duration.ofMillis(10)) && nothingGoesOn(account);
    }

    private boolean nothingGoesOn(Account account) {
        return !account.isAtWork() && clock.delayedCalls().isEmpty();
    }

    private String nextCall(Account account) {
        Map<DelayedCall, String> calls = account.calls();
        return clock.delayedCalls().stream()
                .min(Comparator.comparing(DelayedCall::time))
                .map(call -> "the call that is due at " + call.time() + " and was asked for at "
                        + calls.getOrDefault(call, "an unknown line"))
                .orElse("nothing more that is due");
    }
}
