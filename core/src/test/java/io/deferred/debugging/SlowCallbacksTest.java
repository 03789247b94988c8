// SPDX-License-Identifier: Apache-2.0
package io.deferred.debugging;

import static io.deferred.debugging.DebugMode.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deferred.Debugging;
import io.deferred.Deferred;
import io.deferred.SlowCallback;
import io.deferred.SlowCallbacks;
import io.deferred.Turn;
import io.deferred.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Callbacks that hold their thread. Here each moves the clock by itself, and is slow by that. */
class SlowCallbacksTest {
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final Duration SURELY_OVER = Duration.ofMillis(1200);

    @RegisterExtension
    final DebugMode debug = new DebugMode();

    private final VirtualClock clock = new VirtualClock();
    private final List<SlowCallback> slow = new ArrayList<>();

    @BeforeEach
    void measureOnTheVirtualClock() {
        SlowCallbacks.setLimit(LIMIT, clock);
        SlowCallbacks.setHandler(slow::add);
    }

    @AfterEach
    void measureAsUsual() {
        SlowCallbacks.resetLimit();
        SlowCallbacks.resetHandler();
    }

    @Test
    void oneThatHoldsItsThreadForLongerThanTheLimitIsNamed() {
        Deferred<String> d = new Deferred<String>().named("order");
        String attached = line(1);
        d.tap(v -> clock.advance(SURELY_OVER));
        d.callback("v");
        assertThat(slow).singleElement().satisfies(report -> {
            assertThat(report.callback())
                    .startsWith("callback of Deferred@")
                    .contains("'order'")
                    .endsWith(attached);
            assertThat(report.thread()).isSameAs(Thread.currentThread());
            assertThat(report.limit()).isEqualTo(LIMIT);
            assertThat(report.stack())
                    .anyMatch(f -> attached.equals("(" + f.getFileName() + ":" + f.getLineNumber() + ")"));
            assertThat(report.awaited()).isEmpty();
            assertThat(report.text())
                    .startsWith("Slow callback: the callback of ")
                    .contains(
                            " has held thread " + Thread.currentThread().getName() + " for longer than PT1S", "\tat ");
        });
    }

    @Test
    void oneThatBlocksInAwaitSaysOnWhat() throws Exception {
        Deferred<String> other = new Deferred<String>().named("other");
        Deferred<String> d = new Deferred<>();
        Deferred<String> end = d.addCallback(v -> other.await());
        Thread blocked = new Thread(() -> d.callback("v"));
        blocked.start();
        while (!(LockSupport.getBlocker(blocked) instanceof Deferred)) {
            Thread.onSpinWait();
        }
        clock.advance(SURELY_OVER);
        assertThat(slow).singleElement().satisfies(report -> {
            assertThat(report.awaited()).contains(other);
            assertThat(report.text())
                    .contains(
                            ", blocked in await() on Deferred@",
                            "'other'",
                            "; return the Deferred from the callback instead");
        });
        other.callback("late");
        blocked.join();
        assertThat(end.get(SURELY_OVER)).isEqualTo("late");
    }

    @Test
    void oneThatIsDoneWithinTheLimitIsNot() {
        Deferred<String> d = new Deferred<>();
        for (int i = 0; i < 20; i++) {
            d.tap(v -> clock.advance(LIMIT.dividedBy(2)));
        }
        d.callback("v");
        clock.advance(SURELY_OVER);
        assertThat(slow).isEmpty();
        assertThat(clock.delayedCalls()).as("nothing is left to look at").isEmpty();
    }

    @Test
    void oneIsReportedOnce() {
        Deferred<String> d = new Deferred<>();
        d.tap(v -> clock.advance(Duration.ofMinutes(1)));
        d.callback("v");
        assertThat(slow).hasSize(1);
    }

    @Test
    void errbacksAndOnesThatThrowAreWatchedAndLetGo() {
        Deferred<String> d = new Deferred<>();
        d.tapFailure(f -> {
            clock.advance(SURELY_OVER);
            throw new IllegalStateException("done");
        });
        d.errback(new Exception("v"));
        clock.advance(SURELY_OVER.multipliedBy(2));
        assertThat(slow).singleElement().satisfies(r -> assertThat(r.callback()).startsWith("errback of "));
        assertThat(clock.delayedCalls()).isEmpty();
        d.handle(f -> {});
    }

    @Test
    void oneInsideAnotherIsReportedBesideIt() {
        Deferred<String> inner = new Deferred<String>().named("inner");
        inner.tap(v -> clock.advance(SURELY_OVER));
        Deferred<String> outer = new Deferred<String>().named("outer");
        outer.tap(v -> inner.callback("v"));
        outer.callback("v");
        assertThat(slow).hasSize(2);
    }

    @Test
    void aNewLimitCountsAnewForOnesThatRun() {
        VirtualClock other = new VirtualClock();
        List<SlowCallback> tooEarly = new ArrayList<>();
        Deferred<String> d = new Deferred<>();
        d.tap(v -> {
            clock.advance(LIMIT);
            SlowCallbacks.setLimit(Duration.ofMillis(10), other);
            other.advance(Duration.ofMillis(10));
            tooEarly.addAll(slow); // what is thrown here would be the failure of the Deferred
            other.advance(Duration.ofMillis(2));
        });
        d.callback("v");
        assertThat(tooEarly).isEmpty();
        assertThat(slow).singleElement().satisfies(r -> assertThat(r.limit()).isEqualTo(Duration.ofMillis(10)));
    }

    @Test
    void theStepOfALoopIsWatched() {
        List<Turn<String>> turns = new ArrayList<>(List.of(Turn.again(), Turn.stop("done")));
        Deferred<String> loop = Deferred.loop(() -> {
            clock.advance(SURELY_OVER);
            return Deferred.succeed(turns.remove(0));
        });
        assertThat(loop.called()).isTrue();
        assertThat(slow).hasSize(2).allSatisfy(r -> assertThat(r.callback()).startsWith("step of the loop of "));
    }

    @Test
    void whatTheHandlerThrowsIsReported() {
        SlowCallbacks.setHandler(r -> {
            throw new IllegalStateException("broken handler");
        });
        Deferred<String> d = new Deferred<>();
        d.tap(v -> clock.advance(SURELY_OVER));
        d.callback("v");
        assertThat(debug.reports())
                .singleElement()
                .satisfies(r -> assertThat(r.failure().exception()).hasMessage("broken handler"));
    }

    @Test
    void withoutAStoryNothingIsWatched() {
        Debugging.off();
        Deferred<String> d = new Deferred<>();
        d.tap(v -> clock.advance(SURELY_OVER));
        d.callback("v");
        assertThat(slow).isEmpty();
        assertThat(clock.delayedCalls()).isEmpty();
    }

    @Test
    void theLimitMustBePositive() {
        assertThatThrownBy(() -> SlowCallbacks.setLimit(Duration.ZERO, clock))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT0S");
        assertThatThrownBy(() -> SlowCallbacks.setLimit(Duration.ofNanos(-1), clock))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
