// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.deferred.spi.ContextPropagator;
import io.deferred.spi.Tracker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

class ContextPropagationTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final ThreadLocal<String> USER = new ThreadLocal<>();

    @RegisterExtension
    final Reports reports = new Reports();

    private final List<Object> seen = new ArrayList<>();

    /** Carries the user, and takes notes. */
    private static final class Users implements ContextPropagator {
        final List<String> calls = new ArrayList<>();

        @Override
        public Object capture() {
            calls.add("capture " + USER.get());
            return USER.get();
        }

        @Override
        public Scope restore(Object captured) {
            calls.add("restore " + captured);
            String before = USER.get();
            USER.set((String) captured);
            return () -> {
                calls.add("close " + captured);
                USER.set(before);
            };
        }
    }

    private final Users users = new Users();

    @BeforeEach
    void install() {
        ContextPropagation.install(users);
    }

    @AfterEach
    void uninstall() {
        ContextPropagation.uninstall();
        USER.remove();
    }

    private void seeUser(Object ignored) {
        seen.add(USER.get());
    }

    private <R> R seeUserAndReturn(R result) {
        seen.add(USER.get());
        return result;
    }

    /** Whoever tracks what is made has a context of its own beside that of the propagator. */
    private static final class BrokenTracker implements Tracker {
        @Override
        public void made(Deferred<?> deferred) {}

        @Override
        public void armed(DelayedCall call, Runnable action, String line) {}

        @Override
        public void late(Deferred<?> cancelled, Failure failure) {}

        @Override
        public Object capture() {
            throw new IllegalStateException("broken tracker");
        }

        @Override
        public Scope restore(Object captured) {
            return () -> {};
        }
    }

    @Test
    void aTrackerThatThrowsTakesNoContextAway() {
        Leftover.track(new BrokenTracker());
        try {
            USER.set("ann");
            Deferred<String> d = new Deferred<>();
            d.tap(this::seeUser);
            USER.set("bob");
            d.callback("v");
        } finally {
            Leftover.untrack();
        }
        assertThat(seen).containsExactly("ann");
        assertThat(reports.now())
                .isNotEmpty()
                .allSatisfy(report -> assertThat(report.failure().exception()).hasMessage("broken tracker"));
    }

    @Test
    void aCallbackRunsInTheContextOfTheThreadThatAddedIt() throws Exception {
        USER.set("ann");
        Deferred<String> d = new Deferred<>();
        d.tap(this::seeUser);
        USER.set("bob");
        d.tap(this::seeUser);
        USER.remove();
        d.tap(this::seeUser);
        Thread firer = new Thread(() -> {
            USER.set("firer");
            d.callback("v");
            seen.add(USER.get());
        });
        firer.start();
        firer.join();
        assertThat(seen).as("nothing was captured for the third").containsExactly("ann", "bob", "firer", "firer");
    }

    @Test
    void itIsCapturedOnceAndRestoredOnceForEachCallback() {
        USER.set("ann");
        Deferred<String> d = new Deferred<>();
        d.tapBoth(this::seeUser);
        assertThat(users.calls).containsExactly("capture ann");
        d.callback("v");
        assertThat(users.calls).containsExactly("capture ann", "restore ann", "close ann");
    }

    @Test
    void restoreAndCloseNest() {
        Deferred<String> outer = new Deferred<>();
        Deferred<String> inner = new Deferred<>();
        USER.set("inner");
        inner.tap(this::seeUser);
        USER.set("outer");
        outer.tap(v -> {
            seeUser(v);
            inner.callback(v);
            seeUser(v);
        });
        USER.set("firer");
        users.calls.clear();
        outer.callback("v");
        assertThat(seen).containsExactly("outer", "inner", "outer");
        assertThat(USER.get()).isEqualTo("firer");
        assertThat(users.calls).containsExactly("restore outer", "restore inner", "close inner", "close outer");
    }

    @Test
    void theContextIsTakenAwayFromACallbackThatThrows() {
        IOException thrown = new IOException("disk");
        USER.set("ann");
        Deferred<Object> d = new Deferred<>().addCallback(v -> {
            throw thrown;
        });
        USER.set("firer");
        d.callback("v");
        assertThat(failureOf(d)).isSameAs(thrown);
        assertThat(USER.get()).isEqualTo("firer");
        d.handle(f -> {});
    }

    /** Every public way of adding, on a Deferred that will succeed or fail. */
    @TestFactory
    Stream<DynamicTest> everyWayOfAddingCarries() {
        Map<String, Consumer<Deferred<String>>> ways = new LinkedHashMap<>();
        Deferred<String> next = Deferred.succeed("next");
        ways.put("addCallback", d -> d.addCallback(this::seeUserAndReturn).called());
        ways.put(
                "addCallbacks",
                d -> d.addCallbacks(this::seeUserAndReturn, this::seeUserAndReturn)
                        .called());
        ways.put("addBoth", d -> d.addBoth(this::seeUserAndReturn).called());
        ways.put(
                "chainCallback",
                d -> d.chainCallback(v -> seeUserAndReturn(next.fork())).called());
        ways.put(
                "chainCallbacks",
                d -> d.chainCallbacks(v -> seeUserAndReturn(next.fork()), f -> seeUserAndReturn(next.fork()))
                        .called());
        ways.put(
                "chainBoth",
                d -> d.chainBoth(o -> seeUserAndReturn(next.fork())).called());
        ways.put("addErrback", d -> d.addErrback(f -> seeUserAndReturn("handled")));
        ways.put("addErrback, typed", d -> d.addErrback(IOException.class, e -> seeUserAndReturn("handled")));
        ways.put("chainErrback", d -> d.chainErrback(f -> seeUserAndReturn(next.fork())));
        ways.put("chainErrback, typed", d -> d.chainErrback(IOException.class, e -> seeUserAndReturn(next.fork())));
        ways.put("tap", d -> d.tap(this::seeUser));
        ways.put("tapFailure", d -> d.tapFailure(this::seeUser));
        ways.put("tapBoth", d -> d.tapBoth(this::seeUser));
        ways.put("consume", d -> d.consume(this::seeUser).called());
        ways.put("handle", d -> d.handle(this::seeUser).called());
        return ways.entrySet().stream()
                .map(way -> DynamicTest.dynamicTest(way.getKey(), () -> assertCarries(way.getValue())));
    }

    private void assertCarries(Consumer<Deferred<String>> way) {
        seen.clear();
        for (boolean succeeds : new boolean[] {true, false}) {
            Deferred<String> d = new Deferred<>();
            USER.set("ann");
            way.accept(d);
            USER.set("firer");
            if (succeeds) {
                d.callback("v");
            } else {
                d.errback(new IOException("disk"));
            }
            d.handle(f -> {});
        }
        assertThat(seen).isNotEmpty().containsOnly("ann");
    }

    @Test
    void anErrbackForAnotherTypeIsNotPrepared() {
        USER.set("ann");
        Deferred<String> d = new Deferred<>();
        d.addErrback(IOException.class, e -> "handled");
        d.errback(new IllegalStateException("another"));
        assertThat(users.calls).containsExactly("capture ann");
        d.handle(f -> {});
    }

    @Test
    void theLibrarysOwnStagesAreLeftAlone() {
        VirtualClock clock = new VirtualClock();
        USER.set("ann");
        Deferred<String> d = new Deferred<>();
        Deferred<String> other = new Deferred<>();
        d.addTimeout(LIMIT, clock).continueOn(Runnable::run);
        Deferred<List<String>> all = Deferred.gatherResults(List.of(d.fork(), other));
        Deferred<Void> end = d.chainDeferred(other);
        d.callback("v");
        assertThat(all.outcome()).contains(new Outcome.Success<>(List.of("v", "v")));
        assertThat(end.outcome()).contains(new Outcome.Success<>(null));
        assertThat(users.calls).isEmpty();
    }

    @Test
    void theDecisionAboutATimeOutIsTheUsers() {
        VirtualClock clock = new VirtualClock();
        USER.set("ann");
        Deferred<String> d = new Deferred<>();
        d.addTimeout(LIMIT, clock, (outcome, timeout) -> seeUserAndReturn("instead"));
        USER.remove();
        clock.advance(LIMIT);
        assertThat(seen).containsExactly("ann");
    }

    @Test
    void whatTheDecisionAboutATimeOutGivesIsTheResult() {
        VirtualClock clock = new VirtualClock();
        USER.set("ann");
        Deferred<String> d = new Deferred<>();
        d.addTimeout(LIMIT, clock, (outcome, timeout) -> "instead");
        clock.advance(LIMIT);
        assertThat(d.outcome()).contains(new Outcome.Success<>("instead"));
    }

    @Test
    void aFunctionOnAThreadHasTheContextOfTheCall() throws Exception {
        Worker worker = new Worker();
        try {
            USER.set("ann");
            Deferred<String> d = Deferred.deferToThread(worker, USER::get);
            assertThat(d.get(LIMIT)).isEqualTo("ann");
            assertThat(Deferred.deferToThread(worker, () -> "" + hasUser()).get(LIMIT))
                    .isEqualTo("true");
            USER.remove();
            assertThat(Deferred.deferToThread(worker, () -> "" + hasUser()).get(LIMIT))
                    .as("nothing is left on the thread")
                    .isEqualTo("false");
        } finally {
            worker.end();
        }
    }

    private static boolean hasUser() {
        return USER.get() != null;
    }

    @Test
    void aBodyHasTheContextOfTheCall() throws Exception {
        USER.set("ann");
        CountDownLatch go = new CountDownLatch(1);
        Deferred<String> d = Deferred.async(() -> {
            Worker.await(go);
            return USER.get();
        });
        USER.set("bob");
        go.countDown();
        assertThat(d.get(LIMIT)).isEqualTo("ann");
    }

    @Test
    void eachCallOfALoopingCallHasTheContextInWhichItWasMade() {
        VirtualClock clock = new VirtualClock();
        USER.set("ann");
        LoopingCall loop = new LoopingCall(clock, () -> seeUser("tick"));
        USER.set("bob");
        loop.start(Duration.ofSeconds(1));
        clock.advance(Duration.ofSeconds(1));
        loop.stop();
        assertThat(seen).containsExactly("ann", "ann");
    }

    @Test
    void eachTurnOfALoopHasTheContextOfTheCall() {
        List<Deferred<String>> pending = new ArrayList<>();
        USER.set("ann");
        Deferred<String> whole = Deferred.loop(() -> {
            seeUser("turn");
            Deferred<String> turn = new Deferred<>();
            pending.add(turn);
            return turn.addCallback(v -> v.equals("stop") ? Turn.stop(v) : Turn.again());
        });
        USER.set("firer");
        pending.get(0).callback("on");
        pending.get(1).callback("stop");
        assertThat(seen).containsExactly("ann", "ann");
        assertThat(whole.called()).isTrue();
    }

    // ---- propagators that fail

    /** Each method throws if it is told to. */
    private static final class Broken implements ContextPropagator {
        final String where;
        final RuntimeException thrown = new IllegalStateException("broken");

        Broken(String where) {
            this.where = where;
        }

        private void at(String place) {
            if (where.equals(place)) {
                throw thrown;
            }
        }

        @Override
        public Object capture() {
            at("capture");
            return "captured";
        }

        @Override
        public Scope restore(Object captured) {
            at("restore");
            return where.equals("scope") ? null : () -> at("close");
        }
    }

    private void runWith(Broken broken) {
        ContextPropagation.uninstall();
        ContextPropagation.install(broken);
        Deferred<String> d = new Deferred<>();
        d.tap(seen::add);
        d.callback("v");
        assertThat(seen).containsExactly("v");
        assertThat(d.outcome()).contains(new Outcome.Success<>("v"));
    }

    @TestFactory
    Stream<DynamicTest> whatAPropagatorThrowsIsReportedAndTheCallbackRuns() {
        return Stream.of("capture", "restore", "close")
                .map(where -> DynamicTest.dynamicTest(where, () -> {
                    seen.clear();
                    int before = reports.seen().size();
                    Broken broken = new Broken(where);
                    runWith(broken);
                    List<UnhandledFailure> made =
                            reports.seen().subList(before, reports.seen().size());
                    assertThat(made).singleElement().satisfies(r -> {
                        assertThat(r.failure().exception()).isSameAs(broken.thrown);
                        assertThat(r.where()).contains("the method " + where);
                    });
                }));
    }

    @Test
    void aMissingScopeIsReportedAndTheCallbackRuns() {
        runWith(new Broken("scope"));
        assertThat(reports.seen())
                .singleElement()
                .satisfies(r -> assertThat(r.failure().exception()).isInstanceOf(NullPointerException.class));
    }

    // ---- installing

    @Test
    void aSecondOneIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> ContextPropagation.install(new Broken("nowhere")))
                .withMessageContaining("uninstall() it first");
        assertThatNullPointerException().isThrownBy(() -> ContextPropagation.install(null));
    }

    @Test
    void whatHasBeenCapturedIsRestoredByTheOneThatCapturedIt() {
        USER.set("ann");
        Deferred<String> d = new Deferred<>();
        d.tap(this::seeUser);
        ContextPropagation.uninstall();
        d.tap(this::seeUser);
        USER.set("firer");
        d.callback("v");
        assertThat(seen).containsExactly("ann", "firer");
    }

    @Test
    void aLibraryCarriesItsUsersFunctionsByItself() throws Exception {
        USER.set("ann");
        Callback<String, String> greeting = greeted -> greeted + " " + USER.get();
        Callback<String, String> carried = ContextPropagation.carry(greeting);
        USER.set("bob");
        assertThat(carried.call("hello")).isEqualTo("hello ann");
        assertThat(USER.get()).isEqualTo("bob");
        assertThat(users.calls).containsExactly("capture ann", "restore ann", "close ann");
    }
}
