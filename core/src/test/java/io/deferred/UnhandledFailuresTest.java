// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UnhandledFailuresTest {
    private static final Duration GRACE = Duration.ofSeconds(5);
    /** One sweep more than the grace period. */
    private static final Duration SURELY_OVER = Duration.ofSeconds(7);

    @RegisterExtension
    final Reports reports = new Reports();

    private final VirtualClock clock = new VirtualClock();

    @BeforeEach
    void measureOnTheVirtualClock() {
        UnhandledFailures.setGracePeriod(GRACE, clock);
    }

    private static Deferred<String> failed() {
        return Deferred.fail(new IOException("disk"));
    }

    @Test
    void oneThatIsHeldIsReportedOnceAfterTheGracePeriod() {
        Deferred<String> d = failed();
        clock.advance(GRACE);
        assertThat(reports.seen()).isEmpty();
        clock.advance(SURELY_OVER.minus(GRACE));
        assertThat(reports.seen())
                .singleElement()
                .satisfies(r -> assertThat(r.reason()).contains("PT5S"));
        clock.advance(SURELY_OVER);
        assertThat(reports.now()).hasSize(1);
        assertThat(d.called()).isTrue();
    }

    @Test
    void oneThatIsHandledInTimeIsNotReported() {
        Deferred<String> d = failed();
        clock.advance(Duration.ofSeconds(3));
        d.handle(f -> {});
        clock.advance(SURELY_OVER);
        assertThat(reports.now()).isEmpty();
        assertThat(clock.delayedCalls()).as("nothing is left to look at").isEmpty();
    }

    @Test
    void oneThatIsDroppedIsReportedWithoutWaitingForTheGracePeriod() throws Exception {
        UnhandledFailures.setGracePeriod(Duration.ofDays(5), clock);
        dropAFailedOne();
        // the first sweep gives up the strong reference; what the collector finds is reported by a later one
        for (int day = 0; day < 4 && reports.seen().isEmpty(); day++) {
            clock.advance(Duration.ofDays(1));
            collectGarbage();
        }
        assertThat(reports.seen())
                .singleElement()
                .satisfies(r -> assertThat(r.reason()).contains("dropped"));
    }

    private static void dropAFailedOne() {
        assertThat(failed().called()).isTrue();
    }

    /** Returns when what was garbage has been found, and is in its queue: the second canary's turn comes when all of the first one's cycle have had theirs. */
    private static void collectGarbage() throws InterruptedException {
        for (int canary = 0; canary < 2; canary++) {
            ReferenceQueue<Object> queue = new ReferenceQueue<>();
            WeakReference<Object> reference = new WeakReference<>(new Object(), queue);
            do {
                System.gc();
            } while (queue.remove(1) == null);
            assertThat(reference.get()).isNull();
        }
    }

    @Test
    void oneThatWasHandledAndThenDroppedIsNotReported() throws Exception {
        UnhandledFailures.setGracePeriod(Duration.ofDays(5), clock);
        handleAFailedOneLate();
        for (int day = 0; day < 4; day++) {
            collectGarbage();
            clock.advance(Duration.ofDays(1));
        }
        assertThat(reports.now()).isEmpty();
    }

    private void handleAFailedOneLate() {
        Deferred<String> d = failed();
        clock.advance(Duration.ofDays(2));
        d.handle(f -> {});
    }

    @Test
    void takingCountsAsHandling() {
        Deferred<String> returned = failed();
        Deferred.succeed("x").chainCallback(x -> returned).handle(f -> {});
        Deferred<String> chained = failed();
        Deferred<String> target = new Deferred<>();
        chained.chainDeferred(target);
        target.handle(f -> {});
        assertThat(failed().toCompletableFuture()).isCompletedExceptionally();
        Deferred.race(List.of(failed())).handle(f -> {});
        assertThat(reports.now()).isEmpty();
    }

    @Test
    void lookingDoesNotCountAsHandling() {
        Deferred<String> looked = failed();
        assertThat(looked.outcome()).isPresent();
        looked.tapFailure(f -> {});
        Deferred<String> got = failed();
        assertThatThrownBy(() -> got.get(GRACE)).isInstanceOf(IOException.class).hasMessage("disk");
        Deferred<String> listed = failed();
        Deferred<List<Outcome<String>>> list = DeferredList.all(List.of(listed));
        assertThat(list.called()).isTrue();
        assertThat(reports.now()).hasSize(3);
    }

    @Test
    void consumedErrorsAreTheLists() {
        Deferred<List<Outcome<String>>> list = DeferredList.all(List.of(failed()), DeferredList.Option.CONSUME_ERRORS);
        Deferred<List<String>> all = Deferred.gatherResultsConsumingErrors(List.of(failed()));
        all.handle(f -> {});
        assertThat(list.called()).isTrue();
        assertThat(reports.now()).isEmpty();
    }

    @Test
    void aFailureUnderPauseIsNotUnhandledUntilItIsDelivered() {
        Deferred<String> d = new Deferred<>();
        d.pause();
        d.errback(new IOException("disk"));
        assertThat(reports.now()).isEmpty();
        d.unpause();
        assertThat(reports.now()).hasSize(1);
    }

    @Test
    void moreThanTheRingHoldsAreAllReported() {
        List<Deferred<String>> all = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            all.add(failed());
        }
        assertThat(reports.now()).hasSize(all.size());
    }

    @Test
    void aHandlerThatThrowsDoesNotReachTheProgram() {
        UnhandledFailures.setHandler(r -> {
            throw new IllegalStateException("broken handler");
        });
        Deferred<String> d = failed();
        assertThat(UnhandledFailures.reportNow()).isEqualTo(1);
        assertThat(d.called()).isTrue();
    }

    @Test
    void theReportNamesTheLabel() {
        Deferred<String> d = new Deferred<String>().named("upload");
        d.errback(new IOException("disk"));
        assertThat(reports.now())
                .singleElement()
                .satisfies(r -> assertThat(r.where()).contains("'upload'"));
    }

    @Test
    void oneThatWasReportedIsNotReportedAgainWhenSomebodyOnlyLooks() {
        Deferred<String> d = failed();
        assertThat(reports.now()).hasSize(1);
        d.tapFailure(f -> {});
        assertThat(reports.now()).hasSize(1);
    }

    @Test
    void oneThatEndedBeforeAChangeOfTheGracePeriodIsReportedByTheNewOne() {
        Deferred<String> d = failed();
        VirtualClock other = new VirtualClock();
        UnhandledFailures.setGracePeriod(GRACE, other);
        other.advance(SURELY_OVER);
        assertThat(reports.seen()).hasSize(1);
        assertThat(d.called()).isTrue();
    }

    @Test
    void aGracePeriodMustBePositive() {
        assertThatThrownBy(() -> UnhandledFailures.setGracePeriod(Duration.ZERO, clock))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** One that was found unhandled, and waits for its grace period to be over. */
    private Deferred<String> watched() {
        Deferred<String> d = failed();
        UnhandledFailures.setGracePeriod(GRACE, clock);
        return d;
    }

    @Test
    void takingEndsTheWatch() {
        Deferred<String> returned = watched();
        Deferred.succeed("x").chainCallback(x -> returned).handle(f -> {});
        assertThat(reports.now()).isEmpty();
    }

    @Test
    void whatIsHandledAfterAPauseIsNotReported() {
        Deferred<String> d = watched();
        d.pause();
        d.handle(f -> {});
        d.unpause();
        assertThat(reports.now()).isEmpty();
    }

    @Test
    void aFailureThatAnErrbackHoldsBackIsNotReportedBeforeTheOthersHaveHadIt() {
        Deferred<String> d = Deferred.<String>fail(new IOException("disk")).named("upload");
        d.addErrback(f -> {
            d.pause();
            d.handle(g -> {});
            return f.raise();
        });
        assertThat(reports.now()).isEmpty();
        d.unpause();
        assertThat(reports.now()).isEmpty();
    }

    private final List<UnhandledFailure> handled = new ArrayList<>();

    private Deferred<String> reported() {
        UnhandledFailures.setHandledHandler(handled::add);
        Deferred<String> d = failed();
        assertThat(reports.now()).hasSize(1);
        return d;
    }

    private void assertHandledAfterAll() {
        assertThat(handled)
                .singleElement()
                .satisfies(notice -> assertThat(notice.failure())
                        .isSameAs(reports.seen().get(0).failure()));
    }

    @Test
    void anErrbackAfterTheReportIsNoticed() {
        reported().handle(f -> {});
        assertHandledAfterAll();
    }

    @Test
    void oneThatIsReturnedFromACallbackAfterTheReportIsNoticed() {
        Deferred<String> d = reported();
        Deferred.succeed("x").chainCallback(x -> d).handle(f -> {});
        assertHandledAfterAll();
    }

    @Test
    void anAwaitAfterTheReportIsNoticed() {
        Deferred<String> d = reported();
        assertThatThrownBy(d::await).isInstanceOf(IOException.class);
        assertHandledAfterAll();
    }

    @Test
    void oneThatWaitsWhenItIsReportedGivesItToItsWaiter() {
        Deferred<String> d = reported();
        d.pause();
        Deferred.succeed("x").chainCallback(x -> d).handle(f -> {});
        assertThat(handled).isEmpty();
        d.unpause();
        assertHandledAfterAll();
    }

    @Test
    void whoeverOnlyLooksAfterTheReportIsNotTakenForAHandler() {
        Deferred<String> d = reported();
        d.tapFailure(f -> {});
        assertThat(handled).isEmpty();
        d.handle(f -> {});
        assertHandledAfterAll();
    }

    @Test
    void aHandlerThatFailsAfterTheReportIsNoticedAndReported() {
        Deferred<String> d = reported();
        d.addErrback(f -> {
            throw new IllegalStateException("while cleaning up");
        });
        assertHandledAfterAll();
        assertThat(reports.now()).hasSize(2);
    }

    @Test
    void theNoticesHandlerThatThrowsDoesNotReachTheProgram() {
        Deferred<String> d = reported();
        UnhandledFailures.setHandledHandler(notice -> {
            throw new IllegalStateException("broken handler");
        });
        d.handle(f -> {});
        assertThat(d.outcome()).isPresent();
    }

    @Test
    void aReportedFailureThatComesBackIsNotReportedAgain() {
        Deferred<String> d = reported();
        Deferred<String> other = Deferred.succeed("x").chainCallback(x -> d);
        Failure failure = reports.seen().get(0).failure();
        assertThat(other.outcome()).contains(new Outcome.Failed<>(failure));
        d.chainCallback(nothing -> other).called();
        assertThat(reports.now()).hasSize(1);
        assertHandledAfterAll();
        d.handle(f -> {});
    }
}
