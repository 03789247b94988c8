// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Point.untilAwaited;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A cancel of what a body is to give: it reaches what the body awaits, then or next. */
@ParameterizedClass
@EnumSource
class AsyncCancelTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @RegisterExtension
    final Reports reports = new Reports();

    private final List<Object> seen = new CopyOnWriteArrayList<>();
    private final AsyncThreads threads;

    AsyncCancelTest(AsyncThreads threads) {
        this.threads = threads;
    }

    @Test
    void cancelReachesTheDeferredThatIsAwaited() {
        Deferred<String> inner = new Deferred<>(self -> seen.add("canceller"));
        Deferred<String> outer = threads.async(inner::await);
        untilAwaited(inner);
        assertThat(outer.cancel()).isEqualTo(Cancellation.PASSED_ON);
        assertThatThrownBy(() -> outer.get(LONG)).isInstanceOf(CancelledException.class);
        assertThat(seen).containsExactly("canceller");
        outer.handle(f -> {});
    }

    @Test
    void theBodyMayCatchACancelAndCleanUpBeforeTheOuterOneEnds() throws Exception {
        Deferred<String> inner = new Deferred<>();
        Deferred<String> cleaning = new Deferred<>();
        Deferred<String> outer = threads.async(() -> {
            try {
                return inner.await();
            } catch (CancelledException e) {
                return cleaning.await();
            }
        });
        untilAwaited(inner);
        outer.cancel();
        untilAwaited(cleaning);
        assertThat(outer.called()).isTrue();
        assertThat(outer.outcome()).isEmpty();
        cleaning.callback("cleaned");
        assertThat(outer.get(LONG)).isEqualTo("cleaned");
    }

    @Test
    void eachCancelReachesWhatIsAwaitedThen() throws Exception {
        Deferred<String> first = new Deferred<>();
        Deferred<String> second = new Deferred<>();
        Deferred<String> outer = threads.async(() -> {
            try {
                return first.await();
            } catch (CancelledException e) {
                return second.await();
            }
        });
        untilAwaited(first);
        outer.cancel();
        untilAwaited(second);
        outer.cancel();
        assertThatThrownBy(() -> outer.get(LONG)).isInstanceOf(CancelledException.class);
        outer.handle(f -> {});
    }

    @Test
    void aCancelThatFindsTheBodyRunningCancelsWhatItAwaitsNext() {
        Point point = new Point();
        Deferred<String> inner = new Deferred<>(self -> seen.add("canceller"));
        Deferred<String> outer = threads.async(() -> {
            point.pass();
            return inner.await();
        });
        point.untilReached();
        outer.cancel();
        point.open();
        assertThatThrownBy(() -> outer.get(LONG)).isInstanceOf(CancelledException.class);
        assertThat(seen).containsExactly("canceller");
        outer.handle(f -> {});
    }

    @Test
    void aCancelThatFindsTheBodyRunningIsThrownByTheNextAwaitEvenOfAFiredOne() {
        Point point = new Point();
        Deferred<String> fired = Deferred.succeed("there");
        Deferred<String> outer = threads.async(() -> {
            point.pass();
            return fired.await();
        });
        point.untilReached();
        outer.cancel();
        point.open();
        assertThatThrownBy(() -> outer.get(LONG)).isInstanceOf(CancelledException.class);
        assertThat(fired.outcome()).as("left where it is").contains(new Outcome.Success<>("there"));
        outer.handle(f -> {});
    }

    @Test
    void aCancelThatFindsTheBodyRunningIsDeliveredOnce() throws Exception {
        Point point = new Point();
        Deferred<String> outer = threads.async(() -> {
            point.pass();
            try {
                return Deferred.succeed("first").await();
            } catch (CancelledException e) {
                return Deferred.succeed("second").await();
            }
        });
        point.untilReached();
        outer.cancel();
        point.open();
        assertThat(outer.get(LONG)).isEqualTo("second");
    }

    @Test
    void aBodyThatDoesNotAwaitAnyMoreGivesItsResultInSpiteOfACancel() throws Exception {
        Point point = new Point();
        Deferred<String> outer = threads.async(() -> {
            point.pass();
            return "done";
        });
        point.untilReached();
        outer.cancel();
        point.open();
        assertThat(outer.get(LONG)).isEqualTo("done");
    }

    @Test
    void aTimeOutCancelsWhatIsAwaited() {
        VirtualClock clock = new VirtualClock();
        Deferred<String> inner = new Deferred<>();
        Deferred<String> outer = threads.async(inner::await).addTimeout(Duration.ofSeconds(3), clock);
        untilAwaited(inner);
        clock.advance(Duration.ofSeconds(3));
        assertThatThrownBy(() -> outer.get(LONG)).isInstanceOf(TimeoutException.class);
        outer.handle(f -> {});
    }

    @Test
    void aCancelThatFindsTheBodyRunningIsNotLostOnOneThatIsPaused() {
        Deferred<String> held = Deferred.succeed("v");
        held.pause();
        Deferred<String> next = new Deferred<>(self -> seen.add("canceller"));
        Point point = new Point();
        Deferred<String> body = threads.async(() -> {
            point.pass();
            held.await();
            return next.await();
        });
        point.untilReached();
        body.cancel();
        point.open();
        while (!(held.state() instanceof Parked)) {
            Busy.yieldToOwner(); // the body is not there yet
        }
        held.unpause();
        assertThatThrownBy(() -> body.get(LONG)).isInstanceOf(CancelledException.class);
        assertThat(seen).containsExactly("canceller");
        body.handle(f -> {});
    }

    @Test
    void aPauseOfTheOuterOneDoesNotHoldTheCancelBack() {
        Deferred<String> inner = new Deferred<>();
        Deferred<String> body = threads.async(inner::await);
        untilAwaited(inner);
        body.pause();
        assertThat(body.cancel()).isEqualTo(Cancellation.PASSED_ON);
        assertThat(inner.called()).isTrue();
        body.unpause();
        assertThatThrownBy(() -> body.get(LONG)).isInstanceOf(CancelledException.class);
        body.handle(f -> {});
    }

    @Test
    void aCancelDoesNothingToOneThatIsPausedWithItsResultNorToWhatComesAfterIt() throws Exception {
        Deferred<String> held = Deferred.succeed("v");
        held.pause();
        Deferred<String> body =
                threads.async(() -> held.await() + Deferred.succeed("!").await());
        while (!(held.state() instanceof Parked)) {
            Busy.yieldToOwner(); // the body is not there yet
        }
        body.cancel();
        held.unpause();
        assertThat(body.get(LONG)).isEqualTo("v!");
    }

    @Test
    void workThatWasCancelledBeforeItsThreadHasBegunIsListedWhileItIsDone() {
        Debugging.full();
        try {
            List<Runnable> queue = new ArrayList<>();
            List<OutlivingWork> listed = new ArrayList<>();
            Deferred<String> d = Body.start(
                            () -> {
                                listed.addAll(OutlivingWork.longerThan(Duration.ZERO));
                                return "done";
                            },
                            queue::add)
                    .named("report");
            d.cancel();
            queue.forEach(Runnable::run);
            assertThat(listed).anySatisfy(work -> assertThat(work.what()).contains("'report'"));
            d.handle(f -> {});
        } finally {
            Debugging.off();
        }
    }
}
