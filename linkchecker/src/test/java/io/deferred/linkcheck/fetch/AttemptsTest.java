// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deferred.CancelledException;
import io.deferred.Deferred;
import io.deferred.Outcome;
import io.deferred.VirtualClock;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AttemptsTest {
    private static final URI A = URI.create("http://a/x");
    private static final URI B = URI.create("http://b/x");

    /** No first pause is shorter, and none is longer: 200 milliseconds, a fifth more or less. */
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(160);

    private static final Duration LONGEST_PAUSE = Duration.ofMillis(240);

    private final VirtualClock clock = new VirtualClock();
    private final List<Deferred<String>> started = new ArrayList<>();

    private Attempts attempts(int concurrency, int perHost, int retries) {
        return new Attempts(new Attempts.Limits(concurrency, perHost, retries), clock);
    }

    /** A test may look at the middle of it. */
    @AfterEach
    void endWhatIsUnderWay() {
        for (int i = 0; i < started.size(); i++) {
            if (!started.get(i).called()) {
                started.get(i).callback("ended");
            }
        }
        clock.advance(LONGEST_PAUSE.multipliedBy(10));
    }

    private Deferred<String> begin(Attempts attempts, URI address) {
        return attempts.make(address, () -> {
            Deferred<String> attempt = new Deferred<>();
            started.add(attempt);
            return attempt;
        });
    }

    @Test
    void asManyRunAsMayAndTheOthersFollowAsThoseEnd() {
        Attempts attempts = attempts(2, 2, 0);
        Deferred<String> first = begin(attempts, A);
        begin(attempts, B);
        begin(attempts, A);
        assertThat(started).hasSize(2);

        started.get(0).callback("done");

        assertThat(started).hasSize(3);
        assertThat(first.outcome()).hasValue(new Outcome.Success<>("done"));
    }

    @Test
    void eachHostHasALimitOfItsOwnAndWhoWaitsForItKeepsNobodyElseWaiting() {
        Attempts attempts = attempts(2, 1, 0);
        begin(attempts, A);
        begin(attempts, A);
        begin(attempts, A);
        assertThat(started).hasSize(1);

        begin(attempts, B);

        assertThat(started).hasSize(2);
    }

    @Test
    void whatDiffersInSchemeOrPortIsAnotherHost() {
        Attempts attempts = attempts(9, 1, 0);
        begin(attempts, A);
        begin(attempts, URI.create("https://a/x"));
        begin(attempts, URI.create("http://a:8080/x"));
        assertThat(started).hasSize(3);

        begin(attempts, URI.create("http://a/y?z"));

        assertThat(started).hasSize(3);
    }

    @Test
    void whereTheConnectionFailedAnotherAttemptFollowsAfterAPause() {
        Deferred<String> result = begin(attempts(2, 2, 2), A);
        started.get(0).errback(new ConnectException("refused"));

        clock.advance(SHORTEST_PAUSE.minusMillis(1));
        assertThat(started).hasSize(1);
        clock.advance(LONGEST_PAUSE.minus(SHORTEST_PAUSE).plusMillis(1));
        assertThat(started).hasSize(2);

        started.get(1).callback("done");
        assertThat(result.outcome()).hasValue(new Outcome.Success<>("done"));
        assertThat(clock.delayedCalls()).isEmpty();
    }

    @Test
    void theLastOfTheAttemptsGivesTheFailure() {
        Deferred<String> result = begin(attempts(2, 2, 2), A);
        started.get(0).errback(new IOException("first"));
        clock.advance(LONGEST_PAUSE);
        started.get(1).errback(new IOException("second"));
        clock.advance(LONGEST_PAUSE.multipliedBy(2));

        IOException third = new IOException("third");
        started.get(2).errback(third);

        assertThat(clock.delayedCalls()).isEmpty();
        assertThatThrownBy(() -> result.outcome().orElseThrow().unwrap()).isSameAs(third);
        result.handle(expected -> {});
    }

    static Stream<Exception> whatWillNotPass() {
        Exception unresolved = new ConnectException("no such host");
        unresolved.initCause(new UnresolvedAddressException());
        return Stream.of(
                new TimeoutException("ours"),
                new HttpTimeoutException("the client's"),
                new SSLHandshakeException("a bad certificate"),
                new ProtocolException("no HTTP"),
                unresolved,
                new IllegalStateException("a defect"));
    }

    @ParameterizedTest
    @MethodSource("whatWillNotPass")
    void whatWillNotPassIsNotTriedAgain(Exception reason) {
        Deferred<String> result = begin(attempts(2, 2, 2), A);

        started.get(0).errback(reason);

        assertThatThrownBy(() -> result.outcome().orElseThrow().unwrap()).isSameAs(reason);
        assertThat(clock.delayedCalls()).isEmpty();
        result.handle(expected -> {});
    }

    @Test
    void aPauseKeepsNobodyElseWaiting() {
        Attempts attempts = attempts(1, 1, 1);
        begin(attempts, A);
        begin(attempts, A);
        assertThat(started).hasSize(1);

        started.get(0).errback(new IOException("reset"));

        assertThat(started).hasSize(2);
        clock.advance(LONGEST_PAUSE);
        assertThat(started).as("it has joined the line again").hasSize(2);
        started.get(1).callback("done");
        assertThat(started).hasSize(3);
    }

    @Test
    void oneThatIsCancelledInTheLineNeverStartsAndLosesNoRoom() {
        Attempts attempts = attempts(1, 2, 1);
        begin(attempts, A);
        Deferred<String> waitsForRoom = begin(attempts, A);
        Deferred<String> waitsForItsHost = begin(attempts, A);
        begin(attempts, A);

        assertCancels(waitsForItsHost);
        assertCancels(waitsForRoom);
        started.get(0).callback("done");

        assertThat(started).hasSize(2);
        started.get(1).callback("done");
        begin(attempts, A);
        assertThat(started).hasSize(3);
    }

    @Test
    void cancellingCancelsTheAttemptUnderWayAndNoOtherFollows() {
        Deferred<String> result = begin(attempts(1, 1, 2), A);

        assertCancels(result);

        assertThat(started.get(0).called()).isTrue();
        assertThat(started).hasSize(1);
        assertThat(clock.delayedCalls()).isEmpty();
    }

    @Test
    void cancellingEndsThePause() {
        Deferred<String> result = begin(attempts(1, 1, 2), A);
        started.get(0).errback(new IOException("reset"));

        assertCancels(result);

        assertThat(clock.delayedCalls()).isEmpty();
    }

    private static void assertCancels(Deferred<String> result) {
        result.cancel();
        assertThat(result.outcome())
                .hasValueSatisfying(o -> assertThatThrownBy(o::unwrap).isInstanceOf(CancelledException.class));
        result.handle(cancelled -> {});
    }

    @Test
    void aLongRowThatEndsAtOnceDoesNotDeepenTheStack() {
        AtomicInteger ran = new AtomicInteger();

        makeNext(attempts(2, 2, 2), ran, 20_000);

        assertThat(ran).hasValue(20_000);
    }

    /** Each asks for the next one before it ends, as a page does for the pages that it links to; at two hosts in turn. */
    private static void makeNext(Attempts attempts, AtomicInteger ran, int most) {
        attempts.make(ran.get() % 2 == 0 ? A : B, () -> {
            if (ran.incrementAndGet() < most) {
                makeNext(attempts, ran, most);
            }
            return Deferred.succeed("");
        });
    }

    @Test
    void manyThreadsKeepToBothLimits() throws Exception {
        Attempts attempts = attempts(3, 2, 0);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        Room all = new Room();
        Room atA = new Room();
        Room atB = new Room();
        CountDownLatch done = new CountDownLatch(10_000);
        for (int i = 0; i < 10_000; i++) {
            URI address = i % 3 == 0 ? B : A;
            Room host = i % 3 == 0 ? atB : atA;
            threads.execute(() -> attempts.make(address, () -> {
                        all.enter();
                        host.enter();
                        Deferred<String> attempt = new Deferred<>();
                        threads.execute(() -> {
                            host.leave();
                            all.leave();
                            attempt.callback("");
                        });
                        return attempt;
                    })
                    .consume(result -> done.countDown()));
        }

        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(all.most.get()).isBetween(1, 3);
        assertThat(atA.most.get()).isBetween(1, 2);
        assertThat(atB.most.get()).isBetween(1, 2);
        threads.shutdown();
    }

    /** Counts who is in. */
    private static final class Room {
        private final AtomicInteger in = new AtomicInteger();
        final AtomicInteger most = new AtomicInteger();

        void enter() {
            most.accumulateAndGet(in.incrementAndGet(), Math::max);
        }

        void leave() {
            in.decrementAndGet();
        }
    }
}
