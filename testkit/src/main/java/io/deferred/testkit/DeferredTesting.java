// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit;

import io.deferred.Debugging;
import io.deferred.Deferred;
import io.deferred.Outcome;
import io.deferred.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What tests of Deferreds say: to be imported statically. After the methods of Twisted's trial of the same names.
 *
 * <p>The first three are for any test. The others need to know which test they are in: one of a class with {@link DeferredExtension}, or a {@link DeferredTest}, and on a thread of it.
 */
public final class DeferredTesting {
    private static final Duration SCENARIO_LIMIT = Duration.ofSeconds(10);

    private DeferredTesting() {}

    /**
     * Returns the result that a Deferred has now, and takes it: the Deferred goes on with null.
     *
     * @param deferred is to have one
     * @param <T> its type
     * @return the value
     * @throws AssertionError if it has none yet, or has failed, with its story or its failure
     */
    public static <T extends @Nullable Object> T successResultOf(Deferred<T> deferred) {
        Outcome<T> outcome = take(deferred);
        if (outcome instanceof Outcome.Success<T> success) {
            return success.value();
        }
        if (outcome instanceof Outcome.Failed<T> failed) {
            throw new AssertionError(
                    "a success was expected of " + deferred + ", but it has failed: "
                            + failed.failure().trace(),
                    failed.failure().exception());
        }
        throw new AssertionError(
                "a success was expected of " + deferred + ", but it has no result yet: " + Debugging.story(deferred));
    }

    /**
     * Returns the exception with which a Deferred has failed, and handles it: the Deferred goes on with null.
     *
     * @param deferred is to have failed
     * @param type of the exception; {@code Throwable.class} for any
     * @param <E> that type
     * @return the exception
     * @throws AssertionError if it has none yet, or a success, or one of another type
     */
    public static <E extends Throwable> E failureResultOf(Deferred<?> deferred, Class<E> type) {
        Objects.requireNonNull(type, "type");
        Outcome<?> outcome = take(deferred);
        if (outcome instanceof Outcome.Failed<?> failed) {
            Throwable exception = failed.failure().exception();
            if (type.isInstance(exception)) {
                return type.cast(exception);
            }
            throw new AssertionError(
                    "a failure of type " + type.getName() + " was expected of " + deferred + ", but it is "
                            + failed.failure().trace(),
                    exception);
        }
        if (outcome instanceof Outcome.Success<?> success) {
            throw new AssertionError(
                    "a failure was expected of " + deferred + ", but it has the result " + success.value());
        }
        throw new AssertionError(
                "a failure was expected of " + deferred + ", but it has no result yet: " + Debugging.story(deferred));
    }

    /**
     * Asserts that a Deferred has no result yet, and leaves it as it is: the later result passes.
     *
     * @param deferred is not to have one
     * @throws AssertionError if it has; a failure is handled by that
     */
    public static void assertNoResult(Deferred<?> deferred) {
        Outcome<?> outcome = look(deferred);
        if (outcome instanceof Outcome.Failed<?> failed) {
            deferred.handle(failure -> {});
            throw new AssertionError(
                    "no result was expected of " + deferred + " yet, but it has failed: "
                            + failed.failure().trace(),
                    failed.failure().exception());
        }
        if (outcome instanceof Outcome.Success<?> success) {
            throw new AssertionError("no result was expected of " + deferred + " yet, but it has " + success.value());
        }
    }

    /**
     * Claims failures that this test has expected: what was made in it and has failed with this type unhandled, and what was reported by threads of which it is not known whose they are. They do not fail the test any more. Trial's {@code flushLoggedErrors}.
     *
     * @param type of the exceptions; {@code Throwable.class} for all
     * @param <E> that type
     * @return the exceptions, in the order of the making of their Deferreds; empty if there are none
     * @throws IllegalStateException outside of a test
     */
    public static <E extends Throwable> List<E> flushUnhandled(Class<E> type) {
        Objects.requireNonNull(type, "type");
        List<E> taken = new ArrayList<>(account("flushUnhandled").takeUnhandled(type));
        for (E more : Accounts.nobodys().takeUnhandled(type)) {
            if (!taken.contains(more)) {
                taken.add(more);
            }
        }
        return taken;
    }

    /**
     * Returns the clock of this test: the one that a parameter of type {@link VirtualClock} gets.
     *
     * @return the same one for the whole test
     * @throws IllegalStateException outside of a test
     */
    public static VirtualClock clock() {
        Account account = account("clock");
        VirtualClock clock = account.clock();
        if (clock == null) {
            throw new IllegalStateException(
                    "there is no clock yet: " + account.owner() + " is made, or initialized, for"
                            + " all of its tests, and each of these has its own; ask for it in a @BeforeEach, or in the test");
        }
        return clock;
    }

    /**
     * Makes an executor that runs what it is given when the test's clock makes its calls, on the thread that moves it, each at the time at which it was given: in their order, or under {@link Schedules} in one that is drawn, together with all else that is due.
     *
     * @return a new executor
     * @throws IllegalStateException outside of a test
     */
    public static Executor newExecutor() {
        return new ReadyExecutor(clock());
    }

    /**
     * Makes something that has to be run exactly once in this test, or in each run of {@link #cancelEverywhere}: to be put where a connection is closed, or a lock is given back. If it was not, the test fails.
     *
     * @param name for the message
     * @return does nothing but count
     * @throws IllegalStateException outside of a test
     */
    public static Runnable exactlyOnce(String name) {
        Once once = new Once(Objects.requireNonNull(name, "name"));
        account("exactlyOnce").add(once);
        return once;
    }

    /**
     * Runs a scenario to its end once, and then once for each of its firing points, cancelling there what it has returned. The points are the calls of the test's clock: so whatever the scenario waits for has to come by {@link #clock()} or {@link #newExecutor()}, or from threads of {@code async} that await such. It fails when
     * a run never ends (it has ten seconds of real time), leaves anything behind, loses a failure (one that comes after the cancel, when nobody is told any more), or runs something of {@link #exactlyOnce} not exactly once. What the scenario ends with is its own affair.
     *
     * @param scenario makes everything anew, and returns the whole; called once for each run, by this thread
     * @return how many points there were
     * @throws AssertionError if a run is not right: it says at which point it was cancelled; or if there is no point although the scenario has to wait
     * @throws Exception what the scenario throws
     */
    public static int cancelEverywhere(Callable<? extends Deferred<?>> scenario) throws Exception {
        return new CancelEverywhere(Objects.requireNonNull(scenario, "scenario"), clock(), SCENARIO_LIMIT).run();
    }

    private static <T extends @Nullable Object> @Nullable Outcome<T> take(Deferred<T> deferred) {
        if (look(deferred) == null) {
            return null;
        }
        AtomicReference<@Nullable Outcome<T>> taken = new AtomicReference<>();
        Deferred<?> unused = deferred.<@Nullable Void>addBoth(outcome -> {
            taken.set(outcome);
            return null;
        });
        return taken.get();
    }

    private static <T extends @Nullable Object> @Nullable Outcome<T> look(Deferred<T> deferred) {
        return deferred.outcome().orElse(null);
    }

    private static Account account(String method) {
        Account account = Accounts.current();
        if (account == null) {
            throw outside(method);
        }
        return account;
    }

    private static IllegalStateException outside(String method) {
        return new IllegalStateException(method + "() was called outside of a test, or by a thread that no test knows;"
                + " annotate the class with @ExtendWith(DeferredExtension.class), or the method with @DeferredTest");
    }
}
