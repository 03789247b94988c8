// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A scheduler that throws when a call is to be taken back. */
class TakeBackTest {
    @RegisterExtension
    final Reports reports = new Reports();

    static final Scheduler BROKEN = new Scheduler() {
        @Override
        public Duration now() {
            return Duration.ZERO;
        }

        @Override
        public DelayedCall callLater(Duration delay, Runnable action) {
            return (DelayedCall) Proxy.newProxyInstance(
                    DelayedCall.class.getClassLoader(), new Class<?>[] {DelayedCall.class}, (proxy, method, args) -> {
                        throw new UnsupportedOperationException(method.getName());
                    });
        }

        @Override
        public List<DelayedCall> delayedCalls() {
            return List.of();
        }
    };

    private void assertReported() {
        assertThat(reports.seen()).singleElement().satisfies(report -> {
            assertThat(report.failure().exception()).isInstanceOf(UnsupportedOperationException.class);
            assertThat(report.where()).contains("take a delayed call back");
        });
    }

    @Test
    void aTaskThatIsStoppedTellsThoseWhoWaitAllTheSame() {
        CooperativeTask<?> task = new Cooperator(BROKEN).cooperate(Collections.emptyIterator());
        Deferred<?> waiter = task.whenDone();
        task.stop();
        assertThat(failureOf(waiter)).isInstanceOf(TaskStoppedException.class);
        waiter.handle(f -> {});
        assertReported();
    }

    @Test
    void aLoopThatIsCancelledEndsAllTheSame() {
        LoopingCall loop = new LoopingCall(BROKEN, () -> {});
        Deferred<LoopingCall> ended = loop.start(Duration.ofSeconds(1), LoopingCall.First.AFTER_INTERVAL);
        ended.cancel();
        assertThat(failureOf(ended)).isInstanceOf(CancelledException.class);
        assertThat(loop.running()).isFalse();
        ended.handle(f -> {});
        assertReported();
    }
}
