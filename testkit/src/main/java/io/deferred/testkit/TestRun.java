// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit;

import io.deferred.Debugging;
import io.deferred.Deferred;
import io.deferred.VirtualClock;
import io.deferred.spi.ContextPropagator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.opentest4j.TestAbortedException;

/**
 * One run of one test: its account, its clock and its executors. Whatever runs tests begins one on the thread that makes the test's instance, and ends it on the same thread when everything of the test has been run.
 */
final class TestRun implements AutoCloseable {
    /** A thread that has given its result has only its own end to come to. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Account account;
    private final Settings settings;
    private final VirtualClock clock;
    private final @Nullable Long seed;
    private ContextPropagator.@Nullable Scope scope;
    private boolean ended;

    /**
     * Makes one that has not begun.
     *
     * @param owner the test, for messages
     * @param settings of its annotations
     * @param seed of the order of what is due at one time; null for the order of its arming
     */
    TestRun(String owner, Settings settings, @Nullable Long seed) {
        this.account = new Account(owner);
        this.settings = settings;
        this.seed = seed;
        this.clock = seed == null ? new VirtualClock() : new VirtualClock(new Random(seed));
    }

    /** From now on this thread makes things on its account. */
    void begin() {
        Accounts.open();
        scope = Accounts.enter(account);
        account.use(clock);
        if (settings.virtualTime()) {
            Debugging.measureBy(clock);
        }
    }

    VirtualClock clock() {
        return clock;
    }

    /** Runs something of the test on this thread, which need not be the one that has begun it. */
    void on(InvocationInterceptor.Invocation<@Nullable Void> body) throws Throwable {
        ContextPropagator.Scope here = Accounts.enter(account);
        try {
            body.proceed();
        } finally {
            here.close();
        }
    }

    Executor executor() {
        return new ReadyExecutor(clock);
    }

    /** Brings a Deferred that the test has returned to its end, and throws its failure. */
    void finish(@Nullable Deferred<?> returned) throws Throwable {
        if (returned == null) {
            throw new AssertionError(account.owner() + " has returned null; a Deferred was to be waited for");
        }
        new Driver(account, clock).finish(returned, settings.timeLimit());
    }

    /**
     * Ends it.
     *
     * @param thrown by the test; null for nothing
     * @return what the test fails with: the same, with what is left as a suppressed exception, or that alone; null if it has passed
     */
    @Nullable
    Throwable end(@Nullable Throwable thrown) {
        if (ended) {
            return thrown; // by another extension of this kind
        }
        ended = true;
        List<String> left = new ArrayList<>(Reckoning.of(account, settings.mayLeave(), PATIENCE));
        if (settings.virtualTime()) {
            Debugging.measureBy(null);
        }
        if (scope != null) {
            scope.close();
            Accounts.close();
        }
        Throwable failure = thrown;
        if (!left.isEmpty()) {
            Throwable leftovers = new LeftoversError(account.owner(), left);
            if (failure == null) {
                failure = leftovers;
            } else if (failure instanceof TestAbortedException) {
                leftovers.addSuppressed(failure); // that one would be told as a test that was passed over
                failure = leftovers;
            } else {
                failure = with(failure, leftovers);
            }
        }
        return failure == null || seed == null ? failure : with(failure, new FailedSchedule(seed));
    }

    /** Tells something besides: by the failure itself, or, if that is of those that tell nothing more, the other way round. */
    private static Throwable with(Throwable failure, Throwable besides) {
        failure.addSuppressed(besides);
        if (Stream.of(failure.getSuppressed()).anyMatch(each -> each == besides)) {
            return failure;
        }
        besides.addSuppressed(failure);
        return besides;
    }

    /** Ends one that was begun and has not been ended, because its instance could not be made: then that is said, and no more. */
    @Override
    public void close() {
        if (!ended) {
            Throwable unused = end(null);
        }
    }
}
