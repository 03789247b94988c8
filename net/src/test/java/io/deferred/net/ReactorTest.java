// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deferred.Deferred;
import io.deferred.DelayedCall;
import io.deferred.Leftover;
import io.deferred.testkit.MayLeave;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@MayLeave(Leftover.Kind.UNHANDLED_FAILURE) // each test takes its own from the TestLoop, which sees to the rest
class ReactorTest {
    @RegisterExtension
    final TestLoop loop = new TestLoop();

    @Test
    void tasksRunOnTheLoopInOrder() throws Exception {
        List<String> seen = new ArrayList<>();
        Deferred<Void> done = new Deferred<>();
        loop.reactor()
                .execute(() -> seen.add("first on " + Thread.currentThread().getName()));
        loop.reactor().execute(() -> seen.add("then"));
        loop.reactor().execute(() -> done.callback(null));
        loop.get(done);
        assertThat(seen).containsExactly("first on " + loop.reactor().name(), "then");
    }

    @Test
    void aTaskGivenOnTheLoopRunsLater() throws Exception {
        List<String> seen = new ArrayList<>();
        Deferred<Void> done = new Deferred<>();
        loop.reactor().execute(() -> {
            loop.reactor().execute(() -> {
                seen.add("later");
                done.callback(null);
            });
            seen.add("now");
        });
        loop.get(done);
        assertThat(seen).containsExactly("now", "later");
    }

    @Test
    void theLoopKnowsWhoseItIs() throws Exception {
        assertThat(Reactor.current()).isEmpty();
        assertThat(loop.reactor().inLoop()).isFalse();
        assertThat(loop.onLoop(Reactor::current)).contains(loop.reactor());
        assertThat(loop.onLoop(loop.reactor()::inLoop)).isTrue();
    }

    @Test
    void delayedCallsAreMadeOnTheLoopInTheOrderInWhichTheyAreDue() throws Exception {
        List<String> seen = new ArrayList<>();
        Deferred<Void> done = new Deferred<>();
        DelayedCall never = loop.reactor().callLater(Duration.ofHours(1), () -> seen.add("never"));
        assertThat(loop.reactor().delayedCalls()).hasSize(1);
        loop.reactor().callLater(Duration.ofMillis(300), () -> {
            seen.add("second on " + Thread.currentThread().getName());
            done.callback(null);
        });
        loop.reactor().callLater(Duration.ofMillis(10), () -> seen.add("first"));
        loop.get(done);
        never.cancel();
        assertThat(loop.reactor().delayedCalls()).isEmpty();
        assertThat(seen).containsExactly("first", "second on " + loop.reactor().name());
    }

    @Test
    void whatATaskThrowsIsReportedAndTheLoopGoesOn() throws Exception {
        loop.reactor().execute(() -> {
            throw new IllegalStateException("of a task");
        });
        assertThat(loop.onLoop(() -> 1)).isEqualTo(1);
        assertThat(loop.takeUnhandled())
                .singleElement()
                .asString()
                .contains("a task of " + loop.reactor().name(), "IllegalStateException: of a task");
    }

    @Test
    void waitingOnTheLoopIsRefusedWithTheReason() throws Exception {
        for (String refusal : loop.onLoop(() -> List.of(
                refusalOf(() -> Deferred.succeed(1).await()),
                refusalOf(() -> Deferred.succeed(1).get(Duration.ofSeconds(1))),
                refusalOf(() -> {
                    loop.reactor().close();
                    return 0;
                }),
                refusalOf(() -> loop.reactor().blockingCall(() -> Deferred.succeed(1), Duration.ofSeconds(1)))))) {
            assertThat(refusal).contains("event loop " + loop.reactor().name(), "would stand still meanwhile");
        }
    }

    private static String refusalOf(java.util.concurrent.Callable<Integer> blocking) throws Exception {
        try {
            return "it was not refused, but gave " + blocking.call();
        } catch (IllegalStateException e) {
            return e.getMessage();
        }
    }

    @Test
    void aBlockingCallGivesTheResultOrThrowsTheVeryException() throws Exception {
        assertThat(loop.reactor()
                        .<String>blockingCall(
                                () -> Deferred.succeed(Thread.currentThread().getName()), TestLoop.SOON))
                .isEqualTo(loop.reactor().name());
        IOException thrown = new IOException("no");
        assertThatThrownBy(() -> loop.reactor().blockingCall(() -> Deferred.fail(thrown), TestLoop.SOON))
                .isSameAs(thrown);
    }

    @Test
    void aBlockingCallThatTakesTooLongCancelsWhatItHasBegun() {
        Deferred<Integer> begun = new Deferred<>();
        assertThatThrownBy(() -> loop.reactor().blockingCall(() -> begun, Duration.ofSeconds(1)))
                .isInstanceOf(TimeoutException.class);
        assertThat(begun.called()).isTrue();
    }

    @Test
    void stoppingFiresOffTheLoopAndMakesNoDelayedCall() throws Exception {
        List<String> seen = new ArrayList<>();
        loop.reactor().callLater(Duration.ofHours(1), () -> seen.add("made"));
        Deferred<Boolean> onLoop =
                loop.reactor().stop().addCallback(done -> Reactor.current().isPresent());
        assertThat(loop.get(onLoop)).isFalse();
        assertThat(loop.reactor().delayedCalls()).isEmpty();
        assertThat(seen).isEmpty();
        assertThatThrownBy(() -> loop.reactor().execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("has been stopped");
        assertThatThrownBy(() -> loop.reactor().callLater(Duration.ZERO, () -> {}))
                .isInstanceOf(IllegalStateException.class);
        assertThat(loop.reactor().toString()).contains("stopped");
    }

    @Test
    void stoppingTwiceAndFromTheLoopIsAllRight() throws Exception {
        Deferred<Void> first = loop.onLoop(() -> List.of(loop.reactor().stop())).get(0);
        Deferred<Void> second = loop.reactor().stop();
        loop.get(first);
        loop.get(second);
        loop.reactor().close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatCannotEndDoesNotKeepTheLoopFromItsEnd(boolean inPeace) throws Exception {
        Resident throwing = new Resident() {
            @Override
            public Deferred<Void> drain() {
                throw new IllegalStateException("of a drain");
            }

            @Override
            public Deferred<Void> abort() {
                throw new IllegalStateException("of an abort");
            }
        };
        loop.reactor().execute(() -> loop.reactor().residents().moveIn(throwing));
        loop.get(inPeace ? loop.reactor().drain(TestLoop.SOON) : loop.reactor().stop());
        assertThat(loop.takeUnhandled().toString()).contains("of an abort");
    }

    @Test
    void connectingOnAStoppedReactorFails() throws Exception {
        loop.get(loop.reactor().stop());
        Deferred<Connection> connecting = loop.reactor().connect(Endpoint.local(9), (connection, data) -> {});
        assertThat(loop.failureOf(connecting))
                .isInstanceOfSatisfying(
                        ConnectionLostException.class,
                        lost -> assertThat(lost.reason()).isEqualTo(LossReason.REACTOR_STOPPED));
    }

    @Test
    void aDeferredFiresOnTheLoopOfItsCallersReactor() throws Exception {
        try (Reactor other = Reactor.start()) {
            Port port = loop.get(loop.reactor().listen(Endpoint.local(0), () -> (connection, data) -> {}));
            Deferred<String> firedOn = new Deferred<>();
            Deferred<Connection> made = new Deferred<>();
            other.execute(() -> loop.reactor()
                    .connect(Endpoint.local(port.number()), (connection, data) -> {})
                    .tap(connection -> firedOn.callback(Thread.currentThread().getName()))
                    .chainDeferred(made));
            assertThat(loop.get(firedOn)).isEqualTo(other.name());
            Connection connection = loop.get(made);
            assertThat(connection.reactor()).isSameAs(loop.reactor());
            loop.get(connection.close());
            loop.get(port.stopListening());
        }
    }
}
