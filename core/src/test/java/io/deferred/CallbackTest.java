// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What each way of adding does, beyond what the recorded programs show. */
class CallbackTest {
    @RegisterExtension
    final Reports reports = new Reports();

    private final List<Object> seen = new ArrayList<>();

    private static <T> T now(Deferred<T> deferred) {
        return deferred.outcome().orElseThrow().unwrap();
    }

    @Test
    void everyAddReturnsTheSameObject() {
        Deferred<Integer> d = new Deferred<>();
        Object strings = d.addCallback(i -> "" + i);
        assertThat(strings).isSameAs(d);
        assertThat((Object) d.tap(x -> {})).isSameAs(d);
        assertThat((Object) d.addBoth(o -> o)).isSameAs(d);
        assertThat((Object) d.chainDeferred(new Deferred<>())).isSameAs(d);
    }

    @Test
    void nullIsAResult() {
        Deferred<Object> d = Deferred.succeed("x").addCallback(x -> null);
        d.addBoth(outcome -> seen.add(outcome)).tap(seen::add);
        assertThat(seen.get(0)).isEqualTo(new Outcome.Success<>(null));
    }

    @Test
    void aThreadAsAResultIsNotTakenForTheRunner() {
        Thread value = Thread.currentThread();
        Deferred<Thread> d = Deferred.succeed(value);
        assertThat(d.outcome()).contains(new Outcome.Success<>(value));
        Deferred<Thread> passed = d.addCallback(t -> t);
        assertThat((Object) now(passed)).isSameAs(value);
        Deferred<Thread> fired = new Deferred<>();
        fired.callback(value);
        assertThat(fired.called()).isTrue();
        assertThat((Object) now(fired)).isSameAs(value);
        Deferred<Thread> waiter = Deferred.succeed("x").chainCallback(x -> fired);
        assertThat((Object) now(waiter)).isSameAs(value);
    }

    @Test
    void aCheckedExceptionReachesTheErrbackItself() {
        IOException thrown = new IOException("disk");
        Deferred<Object> d = Deferred.succeed("x").addCallback(x -> {
            throw thrown;
        });
        d.addErrback(IOException.class, e -> e);
        assertThat(now(d)).isSameAs(thrown);
    }

    @Test
    void anErrorIsAFailureLikeAnyOther() {
        StackOverflowError thrown = new StackOverflowError();
        Deferred<Object> d = Deferred.succeed("x").addCallback(x -> {
            throw thrown;
        });
        assertThat(failureOf(d)).isSameAs(thrown);
        d.handle(f -> {});
    }

    @Test
    void aFatalErrorIsReportedAtOnceAsWell() {
        OutOfMemoryError thrown = new OutOfMemoryError("made up");
        Deferred<Object> d = Deferred.succeed("x").addCallback(x -> {
            throw thrown;
        });
        assertThat(reports.seen())
                .singleElement()
                .satisfies(r -> assertThat(r.failure().exception()).isSameAs(thrown));
        d.handle(f -> {});
        assertThat(reports.now()).hasSize(1);
    }

    @Test
    void anInterruptThatACallbackMeetsIsKeptOnTheThread() {
        Deferred<Object> d = Deferred.succeed("x").addCallback(x -> {
            throw new InterruptedException();
        });
        assertThat(Thread.interrupted()).isTrue();
        d.addErrback(InterruptedException.class, e -> "caught");
        assertThat(now(d)).isEqualTo("caught");
    }

    @Test
    void aReturnedFailureMovesToTheErrorSide() {
        Failure failure = new Failure(new IOException("disk"));
        Deferred<Object> d = Deferred.<Object>succeed("x").addCallback(x -> failure);
        d.addErrback(f -> {
            seen.add(f);
            return "handled";
        });
        assertThat(seen).containsExactly(failure);
        assertThat(now(d)).isEqualTo("handled");
    }

    @Test
    void theSameThrowableKeepsTheSameFailure() {
        Deferred<Object> d = Deferred.fail(new IOException("disk"));
        d.tapFailure(seen::add);
        d.addErrback(f -> f.raise()).tapFailure(seen::add);
        d.addErrback(RuntimeException.class, e -> "not this one").tapFailure(seen::add);
        assertThat(seen).hasSize(3);
        assertThat(seen.get(1)).isSameAs(seen.get(0));
        assertThat(seen.get(2)).isSameAs(seen.get(0));
        d.handle(f -> {});
    }

    @Test
    void anErrbackThatThrowsLosesNothing() {
        IOException first = new IOException("first");
        IllegalStateException second = new IllegalStateException("second");
        Deferred<Object> d = Deferred.fail(first);
        d.addErrback(f -> {
            throw second;
        });
        d.addErrback(f -> {
            assertThat(f.exception()).isSameAs(second);
            assertThat(f.handling().orElseThrow().exception()).isSameAs(first);
            assertThat(f.trace()).contains("second").contains("While handling: java.io.IOException: first");
            assertThat(second.getSuppressed())
                    .as("the user's exception is not changed")
                    .isEmpty();
            assertThat(second).hasNoCause();
            return "looked at";
        });
        assertThat(now(d)).isEqualTo("looked at");
    }

    @Test
    void observersKeepTheResult() {
        Deferred<String> d = Deferred.succeed("v");
        d.tap(seen::add).tapBoth(seen::add).tapFailure(seen::add);
        assertThat(seen).containsExactly("v", new Outcome.Success<>("v"));
        assertThat(now(d)).isEqualTo("v");
    }

    @Test
    void anObserverThatThrowsFailsTheStage() {
        Deferred<String> d = Deferred.succeed("v").tap(v -> {
            throw new IllegalStateException("from tap");
        });
        assertThat(failureOf(d)).hasMessage("from tap");
        d.handle(f -> {});
    }

    @Test
    void endsLeaveNull() {
        assertThat(now(Deferred.succeed("v").consume(seen::add))).isNull();
        assertThat(now(Deferred.<String>fail(new IOException())
                        .handle(f -> seen.add(f.exception().getClass()))))
                .isNull();
        assertThat(now(Deferred.succeed("v").handle(f -> seen.add("never")))).isNull();
        assertThat(seen).containsExactly("v", IOException.class);
    }

    @Test
    void addBothSeesTheOutcome() {
        Deferred<String> ok = Deferred.succeed("v").addBoth(o -> o.isSuccess() + " " + o.unwrap());
        assertThat(now(ok)).isEqualTo("true v");
        IOException thrown = new IOException("disk");
        Deferred<String> failed = Deferred.<String>fail(thrown).addBoth(o -> o.unwrap());
        assertThat(failureOf(failed)).as("unwrap throws the very exception").isSameAs(thrown);
        failed.handle(f -> {});
    }

    @Test
    void aForkHasTheSameOutcomeAndLeavesTheOriginal() {
        Deferred<String> d = new Deferred<>();
        Deferred<String> fork = d.addCallback(v -> v + "!").fork();
        Deferred<Object> rest = d.addCallback(v -> v + " and on");
        d.callback("v");
        assertThat(now(fork)).isEqualTo("v!");
        assertThat(now(rest)).isEqualTo("v! and on");
    }

    @Test
    void aFailureBelongsToTheForkAndToTheOriginal() {
        Deferred<String> d = Deferred.fail(new IOException("disk"));
        Deferred<String> fork = d.fork();
        d.handle(f -> {});
        assertThat(reports.now()).as("the fork's").hasSize(1);
        assertThat(fork.called()).isTrue();
    }

    @Test
    void cancellingAForkTouchesOnlyTheFork() {
        Deferred<String> d = new Deferred<>();
        Deferred<String> fork = d.fork();
        assertThat(fork.cancel()).isEqualTo(Cancellation.FAILED);
        fork.handle(f -> {});
        assertThat(d.called()).isFalse();
        d.callback("v");
        assertThat(now(d)).isEqualTo("v");
    }

    @Test
    void theResultOfAPausedDeferredIsHeldBack() {
        Deferred<String> d = new Deferred<>();
        d.pause();
        d.callback("v");
        d.tap(seen::add);
        assertThat(seen).isEmpty();
        assertThat(d.paused()).isTrue();
        d.unpause();
        assertThat(seen).containsExactly("v");
    }

    @Test
    void maybeDeferredTakesWhateverComes() throws Exception {
        Deferred<String> own = new Deferred<>();
        assertThat(now(Deferred.maybeDeferred(() -> "v"))).isEqualTo("v");
        Deferred<Object> passed = Deferred.maybeDeferred(() -> own);
        assertThat((Object) passed).isSameAs(own);
        Deferred<Object> failed = Deferred.maybeDeferred(() -> {
            throw new IOException("disk");
        });
        assertThat(failureOf(failed)).hasMessage("disk");
        failed.handle(f -> {});
    }

    @Test
    void deferTurnsAThrowIntoAFailure() {
        Deferred<String> own = Deferred.succeed("v");
        assertThat((Object) Deferred.defer(() -> own)).isSameAs(own);
        Deferred<String> failed = Deferred.defer(() -> {
            throw new IOException("disk");
        });
        assertThat(failureOf(failed)).hasMessage("disk");
        failed.handle(f -> {});
        Deferred<String> none = Deferred.defer(() -> null);
        assertThat(failureOf(none)).isInstanceOf(NullPointerException.class);
        none.handle(f -> {});
    }

    @Test
    void anInterruptedExceptionThatIsPassedOnInterruptsNobody() {
        Deferred<Integer> d = new Deferred<Integer>().addErrback(f -> f.raise());
        d.errback(new InterruptedException("of another thread, long ago"));
        d.handle(f -> {});
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void aPauseInsideACallbackOfALabelledOneHoldsTheNext() {
        Deferred<String> d = new Deferred<String>().named("page");
        d.tap(v -> d.pause()).tap(seen::add).tap(v -> seen.add("last"));
        d.callback("v");
        assertThat(seen).isEmpty();
        d.unpause();
        assertThat(seen).containsExactly("v", "last");
    }

    @Test
    void everyWayForFailuresAndTimeOutsReturnsTheSameObjectToo() {
        VirtualClock clock = new VirtualClock();
        Deferred<String> d = new Deferred<>();
        assertThat((Object) d.chainErrback(f -> new Deferred<String>())).isSameAs(d);
        assertThat((Object) d.chainErrback(IOException.class, e -> new Deferred<String>()))
                .isSameAs(d);
        assertThat((Object) d.addTimeout(Duration.ofSeconds(1), clock)).isSameAs(d);
        assertThat((Object) d.addTimeout(Duration.ofSeconds(1), clock, (outcome, timeout) -> outcome.unwrap()))
                .isSameAs(d);
    }

    @Test
    void whatAStageWasAddedOnTopOfIsLetGoWhenItIsInTheQueue() {
        Deferred<String> d = Deferred.succeed("start");
        WeakReference<Object> first = waitForOneThatFires(d);
        do {
            System.gc();
        } while (first.get() != null);
        assertThat(d.waitingFor()).isPresent();
    }

    private WeakReference<Object> waitForOneThatFires(Deferred<String> d) {
        Deferred<String> inner = new Deferred<>();
        Deferred<String> next = new Deferred<>();
        d.chainCallback(v -> inner).called();
        d.chainCallback(v -> next).tap(seen::add).called();
        inner.callback("v");
        return new WeakReference<>(inner);
    }
}
