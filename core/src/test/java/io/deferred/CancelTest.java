// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CancelTest {
    @RegisterExtension
    final Reports reports = new Reports();

    private final List<Object> seen = new ArrayList<>();

    @Test
    void withoutCancellerItFailsAndSwallowsOneLateResult() {
        Deferred<String> d = new Deferred<>();
        assertThat(d.cancel()).isEqualTo(Cancellation.FAILED);
        assertThat(failureOf(d)).isInstanceOf(CancelledException.class).isInstanceOf(CancellationException.class);
        d.callback("late");
        assertThatThrownBy(() -> d.callback("later still")).isInstanceOf(AlreadyCalledException.class);
    }

    @Test
    void aSecondCancelDoesNothingAndGrantsNothing() {
        Deferred<String> d = new Deferred<>();
        d.cancel();
        assertThat(d.cancel()).isEqualTo(Cancellation.NOTHING_TO_STOP);
        d.errback(new Exception("late"));
        assertThatThrownBy(() -> d.errback(new Exception("later still"))).isInstanceOf(AlreadyCalledException.class);
        d.handle(f -> {});
        assertThat(reports.now()).as("the late failure is not an unhandled one").isEmpty();
    }

    @Test
    void aLateValueGoesToItsHandler() {
        Deferred<String> d = new Deferred<String>().onLateResult(seen::add);
        d.cancel();
        d.callback("a connection to close");
        assertThat(seen).containsExactly("a connection to close");
    }

    @Test
    void aHandlerOfLateResultsThatThrowsIsReported() {
        Deferred<String> d = new Deferred<String>().onLateResult(v -> {
            throw new IllegalStateException("cannot close");
        });
        d.cancel();
        d.handle(f -> {});
        d.callback("late");
        assertThat(reports.seen())
                .singleElement()
                .satisfies(r -> assertThat(r.failure().exception()).hasMessage("cannot close"));
    }

    @Test
    void theCancellerIsCalledOnceAndMayDecide() {
        Deferred<String> silent = new Deferred<>(seen::add);
        assertThat(silent.cancel()).isEqualTo(Cancellation.CANCELLER_RAN);
        assertThat(silent.cancel()).isEqualTo(Cancellation.NOTHING_TO_STOP);
        assertThat(seen).containsExactly(silent);
        assertThat(failureOf(silent)).isInstanceOf(CancelledException.class);
        assertThatThrownBy(() -> silent.callback("late"))
                .as("with a canceller nothing is swallowed")
                .isInstanceOf(AlreadyCalledException.class);

        Deferred<String> decided = new Deferred<>(self -> self.callback("as far as it got"));
        decided.cancel();
        assertThat(decided.outcome()).contains(new Outcome.Success<>("as far as it got"));
    }

    @Test
    void aCancellerThatCancelsAgainIsNotCalledAgain() {
        Deferred<String> d = new Deferred<>(self -> {
            seen.add("canceller");
            seen.add(self.cancel());
        });
        d.cancel();
        assertThat(seen).containsExactly("canceller", Cancellation.NOTHING_TO_STOP);
    }

    @Test
    void cancelReachesTheInnerDeferred() {
        Deferred<String> inner = new Deferred<>(self -> seen.add("inner"));
        Deferred<String> outer = new Deferred<>(self -> seen.add("outer"));
        Deferred<String> end = outer.chainCallback(v -> inner);
        outer.callback("v");
        assertThat(end.cancel()).isEqualTo(Cancellation.PASSED_ON);
        assertThat(seen).containsExactly("inner");
        assertThat(failureOf(end)).isInstanceOf(CancelledException.class);
    }

    @Test
    void cancelReachesEveryMemberOfAList() {
        Deferred<String> a = new Deferred<>(self -> seen.add("a"));
        Deferred<String> b = new Deferred<>(self -> seen.add("b"));
        Deferred<List<String>> all = Deferred.gatherResults(List.of(a, b));
        assertThat(all.cancel()).isEqualTo(Cancellation.PASSED_ON);
        assertThat(seen).containsExactly("a", "b");
        assertThat(failureOf(all)).isInstanceOf(FirstErrorException.class).hasCauseInstanceOf(CancelledException.class);
    }

    @Test
    void fromInsideItsOwnCallbackItDoesNothing() {
        Deferred<String> inner = new Deferred<>();
        Deferred<String> d = new Deferred<>();
        Deferred<String> end = d.chainCallback(v -> {
            seen.add(d.cancel());
            return inner;
        });
        d.callback("v");
        assertThat(seen).containsExactly(Cancellation.NOTHING_TO_STOP);
        inner.callback("went on");
        assertThat(end.outcome()).contains(new Outcome.Success<>("went on"));
    }

    @Test
    void aCancelThatMeetsARunReachesTheNextDeferredThatTheRunWaitsFor() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        Deferred<String> inner = new Deferred<>(self -> seen.add("inner's canceller"));
        Deferred<String> d = new Deferred<>();
        Deferred<String> end = d.chainCallback(v -> {
            running.countDown();
            cancelled.await();
            return inner;
        });
        Thread firer = new Thread(() -> d.callback("v"));
        firer.start();
        running.await();
        assertThat(d.cancel()).isEqualTo(Cancellation.PASSED_ON);
        cancelled.countDown();
        firer.join();
        assertThat(seen).containsExactly("inner's canceller");
        assertThat(failureOf(end)).isInstanceOf(CancelledException.class);
    }

    @Test
    void aCancelThatMetARunWhichNeverWaitsIsForgottenWhenTheRunEnds() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        Deferred<String> d = new Deferred<>();
        d.tap(v -> {
            running.countDown();
            awaitQuietly(cancelled);
        });
        Thread firer = new Thread(() -> d.callback("v"));
        firer.start();
        running.await();
        d.cancel();
        cancelled.countDown();
        firer.join();
        Deferred<String> later = new Deferred<>();
        Deferred<String> end = d.chainCallback(v -> later);
        assertThat(later.called()).as("a later wait is not cancelled").isFalse();
        later.callback("fine");
        assertThat(end.outcome()).contains(new Outcome.Success<>("fine"));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aCancelOfAPausedDeferredIsDeliveredWhenItIsUnpaused() {
        Deferred<String> d = new Deferred<>();
        d.pause();
        d.tapFailure(f -> seen.add(f.exception().getClass()));
        d.cancel();
        assertThat(seen).isEmpty();
        d.unpause();
        assertThat(seen).containsExactly(CancelledException.class);
    }

    @Test
    void theCancellerIsLetGoWhenItFires() {
        AtomicReference<Object> held = new AtomicReference<>();
        Deferred<String> d = new Deferred<>(self -> held.set(self));
        d.callback("v");
        assertThat(d.side().canceller()).isNull();
        Deferred<String> labelled = new Deferred<String>(self -> held.set(self)).named("n");
        labelled.callback("v");
        assertThat(labelled.side().canceller()).isNull();
    }

    @Test
    void aCancelledExceptionHasNoStackTraceAndNamesWhatWasCancelled() {
        Deferred<String> d = new Deferred<String>().named("download");
        d.cancel();
        assertThat(failureOf(d)).hasMessage("'download' was cancelled");
        assertThat(failureOf(d).fillInStackTrace()).isSameAs(failureOf(d));
        assertThat(failureOf(d).getStackTrace()).isEmpty();
    }

    @Test
    void aSecondCancelOfTheSameRunStandsThereAlready() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        Deferred<String> inner = new Deferred<>(self -> seen.add("inner's canceller"));
        Deferred<String> d = new Deferred<>();
        Deferred<String> end = d.chainCallback(v -> {
            running.countDown();
            cancelled.await();
            return inner;
        });
        Thread firer = new Thread(() -> d.callback("v"));
        firer.start();
        running.await();
        assertThat(d.cancel()).isEqualTo(Cancellation.PASSED_ON);
        assertThat(d.cancel()).isEqualTo(Cancellation.PASSED_ON);
        cancelled.countDown();
        firer.join();
        assertThat(seen).containsExactly("inner's canceller");
        assertThat(failureOf(end)).isInstanceOf(CancelledException.class);
    }

    /** A thread runs the inner one, and another cancels this or the outer one meanwhile; the inner one gives its result, and the outer one goes on in the same run. */
    private Deferred<String> cancelWhileTheInnerOneRuns(boolean theOuterOne, Deferred<String> later) throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        Deferred<String> inner = new Deferred<>();
        inner.tap(v -> {
            running.countDown();
            awaitQuietly(cancelled);
        });
        Deferred<String> outer = Deferred.succeed("start").chainCallback(v -> inner);
        Deferred<String> end = outer.chainCallback(v -> later);
        Thread firer = new Thread(() -> inner.callback("v"));
        firer.start();
        running.await();
        assertThat((theOuterOne ? outer : inner).cancel()).isEqualTo(Cancellation.PASSED_ON);
        cancelled.countDown();
        firer.join();
        return end;
    }

    @Test
    void aCancelOnItsWayThroughARunGoesOnWithTheOneThatItWasFor() throws Exception {
        Deferred<String> later = new Deferred<>(self -> seen.add("later's canceller"));
        Deferred<String> end = cancelWhileTheInnerOneRuns(true, later);
        assertThat(seen).containsExactly("later's canceller");
        assertThat(failureOf(end)).isInstanceOf(CancelledException.class);
    }

    @Test
    void aCancelThatMetARunGoesOnWithTheOneThatIsGivenTheResult() throws Exception {
        Deferred<String> later = new Deferred<>(self -> seen.add("later's canceller"));
        Deferred<String> end = cancelWhileTheInnerOneRuns(false, later);
        assertThat(seen).containsExactly("later's canceller");
        assertThat(failureOf(end)).isInstanceOf(CancelledException.class);
    }

    @Test
    void twoCancelsThatMeetARunBothGoOn() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        Deferred<String> stubborn = new Deferred<>(new PassOn<>(() -> seen.add("cancel")));
        Deferred<String> inner = new Deferred<>();
        inner.chainCallback(v -> {
                    running.countDown();
                    cancelled.await();
                    return stubborn;
                })
                .called();
        Deferred<String> outer = Deferred.succeed("start").chainCallback(v -> inner);
        Thread firer = new Thread(() -> inner.callback("v"));
        firer.start();
        running.await();
        assertThat(outer.cancel()).isEqualTo(Cancellation.PASSED_ON);
        assertThat(inner.cancel()).isEqualTo(Cancellation.PASSED_ON);
        cancelled.countDown();
        firer.join();
        assertThat(seen).containsExactly("cancel", "cancel");
        stubborn.callback("end");
        assertThat(outer.outcome()).contains(new Outcome.Success<>("end"));
    }
}
