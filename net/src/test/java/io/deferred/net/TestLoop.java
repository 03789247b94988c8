// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.Deferred;
import io.deferred.Outcome;
import io.deferred.UnhandledFailure;
import io.deferred.UnhandledFailures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A reactor for each test, after which nothing may be left: no resident of its loop, no thread, no armed call, no unhandled failure. */
final class TestLoop implements BeforeEachCallback, AfterEachCallback {
    /** For what happens in no time: a machine a hundred times slower still passes. */
    static final Duration SOON = Duration.ofSeconds(30);

    private final List<UnhandledFailure> unhandled = new CopyOnWriteArrayList<>();
    private Reactor reactor;

    Reactor reactor() {
        return reactor;
    }

    <T> T get(Deferred<T> deferred) throws Exception {
        return deferred.get(SOON);
    }

    Throwable failureOf(Deferred<?> deferred) throws Exception {
        return deferred.<Throwable>addBoth(
                        outcome -> ((Outcome.Failed<?>) outcome).failure().exception())
                .get(SOON);
    }

    <T> T onLoop(Callable<T> function) throws Exception {
        return reactor.blockingCall(() -> Deferred.succeed(function.call()), SOON);
    }

    /** Looks until it is so. */
    void awaitThat(Callable<Boolean> condition) throws Exception {
        for (int look = 0; !condition.call(); look++) {
            assertThat(look).as("looks in vain").isLessThan(5_000);
            get(Deferred.deferLater(reactor, Duration.ofMillis(5)));
        }
    }

    /** Looks until a number that has begun to grow is still. */
    void awaitStill(AtomicLong number) throws Exception {
        AtomicLong before = new AtomicLong();
        AtomicInteger same = new AtomicInteger();
        awaitThat(() -> {
            long now = number.get();
            same.set(now > 0 && now == before.getAndSet(now) ? same.get() + 1 : 0);
            return same.get() == 30;
        });
    }

    /** Takes what has been reported as unhandled by now. */
    List<String> takeUnhandled() {
        UnhandledFailures.reportNow();
        List<String> taken = new ArrayList<>();
        for (UnhandledFailure report : unhandled) {
            taken.add(report.where() + ": " + report.failure().exception());
        }
        unhandled.clear();
        return taken;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        UnhandledFailures.reportNow();
        UnhandledFailures.setHandler(unhandled::add);
        reactor = Reactor.start();
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        int residents = residentsLeft();
        int armed = reactor.delayedCalls().size();
        List<String> left;
        try {
            reactor.close();
        } finally {
            left = takeUnhandled();
            UnhandledFailures.resetHandler();
        }
        assertThat(left).as("unhandled failures").isEmpty();
        assertThat(residents).as("what lives on the loop").isZero();
        assertThat(armed).as("armed calls").isZero();
        assertNoThreadIsLeft(reactor.name());
    }

    /** The other side of what a test has closed needs a moment to see it. */
    private int residentsLeft() throws Exception {
        int left = 0;
        for (int look = 0; look < 300 && !reactor.isStopping(); look++) {
            left = onLoop(() -> reactor.residents().count());
            if (left == 0) {
                break;
            }
            get(Deferred.deferLater(reactor, Duration.ofMillis(100)));
        }
        return left;
    }

    static void assertNoThreadIsLeft(String name) throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals(name)) {
                thread.join(SOON.toMillis());
                assertThat(thread.isAlive()).as("the thread " + name).isFalse();
            }
        }
    }
}
