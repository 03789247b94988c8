// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit.suite;

import static io.deferred.testkit.DeferredTesting.clock;

import io.deferred.Deferred;
import io.deferred.Leftover;
import io.deferred.UnhandledFailures;
import io.deferred.VirtualClock;
import io.deferred.testkit.DeferredExtension;
import io.deferred.testkit.MayLeave;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Classes for Jupiter whose tests leave something in less usual ways. */
final class Untidy {
    private Untidy() {}

    private static void leaveOne() {
        Deferred<String> pending = new Deferred<>();
        Deferred<?> unused = pending.addCallback(text -> text + "!");
    }

    @ExtendWith(DeferredExtension.class)
    static class FailsWhenCancelled {
        @Test
        void leavesWhatFailsWhenItIsCancelled() {
            Deferred<String> pending = new Deferred<>();
            Deferred<?> unused = pending.addErrback(failure -> {
                Deferred<?> unusedToo = Deferred.fail(new IOException("made by the errback"));
                throw new IllegalStateException("thrown by the errback");
            });
        }

        @AfterAll
        static void lookForFailures() {
            UnhandledFailures.reportNow();
        }
    }

    @ExtendWith(DeferredExtension.class)
    static class MayFail {
        @Test
        @MayLeave(Leftover.Kind.UNHANDLED_FAILURE)
        void leavesAFailureThatIsReported() {
            Deferred<?> unused = Deferred.fail(new IOException("may be left"));
            UnhandledFailures.reportNow();
        }
    }

    @ExtendWith(DeferredExtension.class)
    static class HandledElsewhere {
        @Test
        void handsItsFailureOn() throws InterruptedException {
            Deferred<?> failed = Deferred.fail(new IOException("handled by another thread"));
            UnhandledFailures.reportNow();
            Thread thread = new Thread(() -> failed.handle(failure -> {}));
            thread.start();
            thread.join();
        }
    }

    @ExtendWith(DeferredExtension.class)
    static class Many {
        @Test
        void armsMany(VirtualClock clock) {
            for (int i = 1; i <= 15; i++) {
                clock.callLater(Duration.ofSeconds(i), () -> {});
            }
        }
    }

    @ExtendWith(DeferredExtension.class)
    @TestInstance(Lifecycle.PER_CLASS)
    static class OneInstance {
        OneInstance() {
            Lines.next();
            Deferred<String> pending = new Deferred<>();
            Deferred<?> unused = pending.addCallback(text -> text + "!");
        }

        @Test
        void passes() {}
    }

    @ExtendWith(DeferredExtension.class)
    @TestInstance(Lifecycle.PER_CLASS)
    static class NoInstance {
        NoInstance() {
            leaveOne();
            throw new IllegalStateException("no instance");
        }

        @Test
        void isNeverRun() {}
    }

    @ExtendWith(DeferredExtension.class)
    static class EarlyClock {
        @BeforeAll
        static void beforeAll() {
            clock();
        }

        @Test
        void isNeverRun() {}
    }

    @ExtendWith(DeferredExtension.class)
    static class ExtendedTwice {
        @RegisterExtension
        static final DeferredExtension ANOTHER = new DeferredExtension();

        @Test
        void passes() throws InterruptedException {
            Thread thread = new Thread(Untidy::leaveOne);
            thread.start();
            thread.join();
        }
    }

    @ExtendWith(DeferredExtension.class)
    static class OtherThreads {
        private static final CyclicBarrier BARRIER = new CyclicBarrier(2);

        @BeforeEach
        @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
        void before() {
            clock();
        }

        @TestFactory
        @Execution(ExecutionMode.CONCURRENT)
        Stream<DynamicTest> asksOnTwoThreads() {
            return Stream.of(
                    DynamicTest.dynamicTest("one", OtherThreads::meet),
                    DynamicTest.dynamicTest("other", OtherThreads::meet));
        }

        private static void meet() throws Exception {
            BARRIER.await(30, TimeUnit.SECONDS);
            clock();
        }
    }

    @ExtendWith(DeferredExtension.class)
    static class Template {
        @ParameterizedTest
        @ValueSource(ints = 7)
        void leaves(int number) {
            leaveOne();
        }
    }
}
