// SPDX-License-Identifier: Apache-2.0
package io.deferred.debugging;

import static io.deferred.debugging.DebugMode.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deferred.AlreadyCalledException;
import io.deferred.Debugging;
import io.deferred.Deferred;
import io.deferred.DeferredList;
import io.deferred.DelayedCall;
import io.deferred.Failure;
import io.deferred.Outcome;
import io.deferred.Scheduler;
import io.deferred.Turn;
import java.io.IOException;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a Deferred tells of itself in debug mode. */
class StoryTest {
    @RegisterExtension
    final DebugMode debug = new DebugMode();

    @Test
    void itTellsWhereItWasMadeAttachedAndFired() {
        String made = line(1);
        Deferred<String> d = new Deferred<String>().named("page");
        String attached = line(1);
        d.consume(v -> {});
        assertThat(Debugging.story(d)).startsWith("Story of Deferred@").contains("'page'", "not fired yet");
        String fired = line(1);
        d.callback("v");
        assertThat(Debugging.story(d).lines())
                .noneMatch(l -> l.contains("not fired yet"))
                .anySatisfy(l -> assertThat(l).startsWith("    made at ").endsWith(made))
                .anySatisfy(l ->
                        assertThat(l).startsWith("    callback attached at ").endsWith(attached))
                .anySatisfy(l -> assertThat(l).startsWith("    fired at ").endsWith(fired + " with a java.lang.String"))
                .anySatisfy(l -> assertThat(l)
                        .startsWith("    the callback at ")
                        .endsWith(attached + " was given a java.lang.String and returned null"))
                .last()
                .satisfies(l -> assertThat(l)
                        .startsWith("    last to run was the callback at ")
                        .endsWith(attached));
    }

    @Test
    void itTellsWhoCalledTheOneThatMadeIt() {
        String caller = line(1);
        Deferred<String> d = make();
        assertThat(Debugging.story(d).lines())
                .anySatisfy(l -> assertThat(l).startsWith("      from ").endsWith(caller));
    }

    private static Deferred<String> make() {
        return new Deferred<>();
    }

    @Test
    void linesOfTheLibraryAndTheJdkAreLeftOut() {
        Deferred<String> d = Deferred.<String>deferToThread(Runnable::run, () -> "v");
        d.tapBoth(o -> {});
        String story = Debugging.story(d);
        assertThat(story.lines().filter(l -> l.contains(" at ") || l.contains(" from ")))
                .noneMatch(l -> l.contains("at io.deferred.Deferred") || l.contains("io.deferred.ThreadTask"))
                .noneMatch(l -> l.contains("java.base"));
    }

    @Test
    void itNamesTheThreadThatFires() throws InterruptedException {
        Deferred<String> d = new Deferred<>();
        Thread firer = new Thread(() -> d.callback("v"), "the firer");
        firer.start();
        firer.join();
        assertThat(Debugging.story(d)).contains(" with a java.lang.String (thread the firer)");
    }

    @Test
    void itKeepsTheKindOfEachStageApart() {
        Deferred<String> d = new Deferred<>();
        d.addErrback(f -> "x").called();
        d.addCallbacks(v -> v, f -> "x").called();
        d.tapBoth(o -> {}).fork();
        d.chainDeferred(new Deferred<>());
        d.continueOn(Runnable::run);
        Deferred<?> all = DeferredList.all(List.of(d));
        assertThat(all.called()).isFalse();
        assertThat(Debugging.story(d))
                .contains("    errback attached at ")
                .contains("    callback and errback attached at ")
                .contains("    callback for both attached at ")
                .containsPattern("    fork at .* Deferred@")
                .containsPattern("    chainDeferred at .* Deferred@")
                .contains("    continueOn at ")
                .containsPattern("    made a member at .* Deferred@");
    }

    @Test
    void itNamesTheOneThatItWaitsFor() {
        String made = line(1);
        Deferred<String> inner = new Deferred<String>().named("query");
        Deferred<String> d = Deferred.succeed("start");
        d.chainCallback(v -> inner).called();
        assertThat(Debugging.story(d).lines())
                .anySatisfy(l ->
                        assertThat(l).contains("and is to wait for ", "'query'").endsWith(made));
    }

    @Test
    void aFailureTellsOfTheOnesThatItHasGoneThrough() {
        Deferred<String> inner = new Deferred<String>().named("query");
        String attached = line(1);
        inner.tap(v -> {
            throw new IllegalStateException("no such table");
        });
        Deferred<String> outer =
                Deferred.succeed("start").chainCallback(v -> inner).named("page");
        String fired = line(1);
        inner.callback("v");
        String trace = failureOf(outer).trace();
        assertThat(trace).startsWith("java.lang.IllegalStateException: no such table");
        assertThat(trace.lines())
                .anySatisfy(l -> assertThat(l)
                        .startsWith("Async trace: arose in the callback of ")
                        .contains("'query'", "attached at ", attached)
                        .endsWith(", on thread " + Thread.currentThread().getName()))
                .anySatisfy(l -> assertThat(l).startsWith("    fired at ").contains(fired))
                .anySatisfy(l -> assertThat(l).startsWith("  which gave it to ").contains("'page'"));
        assertThat(debug.reports())
                .singleElement()
                .satisfies(report -> assertThat(report.details())
                        .contains("Async trace: arose in ", "'query'", "which gave it to ", "'page'"));
        outer.handle(f -> {});
    }

    /** It may still run on the thread that has brought its result. */
    private static Failure failureOf(Deferred<?> d) {
        while (d.outcome().isEmpty()) {
            Thread.onSpinWait();
        }
        return ((Outcome.Failed<?>) d.outcome().orElseThrow()).failure();
    }

    @Test
    void aFailureThatIsMadeByHandTellsWhereAndWhichDeferredWasFirst() {
        Deferred<String> d = new Deferred<String>().named("upload");
        String made = line(1);
        Failure failure = new Failure(new IOException("disk"));
        assertThat(failure.trace()).contains("Async trace: the failure was made at ", made);
        d.errback(failure);
        assertThat(failure.trace()).contains("'upload'");
        d.handle(f -> {});
    }

    @Test
    void theExceptionIsNeitherChangedNorWrapped() {
        IOException exception = new IOException("disk");
        StackTraceElement[] stack = exception.getStackTrace();
        Deferred<String> d = Deferred.succeed("v");
        d.chainCallback(v -> Deferred.fail(exception)).handle(f -> {
            assertThat(f.exception()).isSameAs(exception);
            assertThat(f.trace()).isNotEmpty();
        });
        assertThat(exception.getStackTrace()).isEqualTo(stack);
        assertThat(exception.getSuppressed()).isEmpty();
        assertThat(exception.getCause()).isNull();
        assertThat(debug.reports()).isEmpty();
    }

    @Test
    void theSameExceptionOnItsWayKeepsTheSameFailure() {
        Failure failure = new Failure(new IOException("disk"));
        Deferred<String> d = new Deferred<>();
        d.addErrback(f -> f.raise()).handle(f -> assertThat(f).isSameAs(failure));
        d.errback(failure);
        assertThat(debug.reports()).isEmpty();
    }

    @Test
    void whatAnErrbackThrowsAnewShowsWhatItWasHandling() {
        Deferred<String> d = Deferred.fail(new IOException("disk"));
        String attached = line(1);
        d.addErrback(f -> {
            throw new IllegalStateException("while cleaning up");
        });
        Failure failure = failureOf(d);
        assertThat(failure.handling().orElseThrow().exception()).hasMessage("disk");
        assertThat(failure.trace())
                .containsSubsequence(
                        "java.lang.IllegalStateException: while cleaning up",
                        "Async trace: arose in the errback of ",
                        attached,
                        "While handling: java.io.IOException: disk",
                        "Async trace: the failure was made at ");
        d.handle(f -> {});
    }

    @Test
    void firedTwiceShowsBothFirings() {
        Deferred<String> d = new Deferred<>();
        String first = line(1);
        d.callback("v");
        String second = line(1);
        assertThatThrownBy(() -> d.callback("w"))
                .isInstanceOf(AlreadyCalledException.class)
                .hasMessageContaining("It was first fired at ")
                .hasMessageContaining(first)
                .hasMessageContaining(", and now at ")
                .hasMessageContaining(second);
    }

    @Test
    void onesThatAreMadeWithAResultWereFiredThere() {
        String made = line(1);
        Deferred<String> d = Deferred.succeed("v");
        assertThatThrownBy(() -> d.callback("w"))
                .hasMessageContaining("It was first fired at ")
                .hasMessageContaining(made);
    }

    @Test
    void whoeverFiresItIsTold() {
        Deferred<List<String>> all = Deferred.gatherResults(new Deferred<String>(), Deferred.succeed("b"));
        String cancelled = line(1);
        all.cancel();
        assertFired(all, cancelled);
        Deferred<String> source = new Deferred<>();
        Deferred<String> fork = source.fork();
        Deferred<String> target = new Deferred<>();
        source.chainDeferred(target);
        String fired = line(1);
        source.callback("v");
        assertFired(fork, fired);
        assertFired(target, fired);
        Deferred<String> body = Deferred.async(() -> new Deferred<String>().await());
        String bodyCancelled = line(1);
        body.cancel();
        assertThat(Debugging.story(body).lines())
                .anySatisfy(l -> assertThat(l)
                        .startsWith("    fired by a cancel, to wait for the end of its body, at ")
                        .endsWith(bodyCancelled));
        all.handle(f -> {});
        body.handle(f -> {});
    }

    private static void assertFired(Deferred<?> d, String line) {
        assertThat(Debugging.story(d).lines())
                .anySatisfy(l -> assertThat(l).startsWith("    fired at ").contains(line));
    }

    private static String traceOf(Deferred<?> failed) {
        String trace = failureOf(failed).trace();
        failed.handle(f -> {});
        return trace.substring(trace.indexOf("Async trace: "));
    }

    private static IOException disk() {
        return new IOException("disk");
    }

    @Test
    void theTraceGoesThroughChainDeferredAndFork() {
        Deferred<String> source = new Deferred<String>().named("source");
        Deferred<String> fork = source.fork().named("fork");
        Deferred<String> target = new Deferred<String>().named("target");
        source.chainDeferred(target);
        source.errback(disk());
        assertThat(debug.reports()).hasSize(2);
        assertThat(debug.reports())
                .allSatisfy(r -> assertThat(r.details()).contains("'source' made at ", "which gave it to "))
                .anySatisfy(r -> assertThat(r.details()).contains("'fork' made at "))
                .anySatisfy(r -> assertThat(r.details()).contains("'target' made at "));
        fork.handle(f -> {});
        target.handle(f -> {});
    }

    @Test
    void theTraceGoesThroughAwaitInABody() throws Exception {
        Deferred<String> query = new Deferred<String>().named("query");
        Deferred<String> body = Deferred.async(() -> query.await()).named("body");
        Deferred<String> page = Deferred.succeed("v").chainCallback(v -> body).named("page");
        String fired = line(1);
        query.errback(disk());
        assertThatThrownBy(() -> page.get(Duration.ofMinutes(1))).isInstanceOf(IOException.class);
        assertThat(traceOf(page))
                .containsSubsequence(
                        fired,
                        "'query' made at ",
                        "which gave it to ",
                        "'body' made at ",
                        "which gave it to ",
                        "'page' made at ");
    }

    @Test
    void theTraceOfWorkOnAThreadNamesItsLine() throws Exception {
        String[] thrown = {""};
        Deferred<String> task = Deferred.<String>deferToThread(r -> new Thread(r, "at work").start(), () -> {
                    thrown[0] = line(1);
                    throw disk();
                })
                .named("task");
        assertThatThrownBy(() -> task.get(Duration.ofMinutes(1))).isInstanceOf(IOException.class);
        assertThat(traceOf(task))
                .contains("StoryTest.disk(StoryTest.java:", ", and arrived on thread at work", "'task'");
    }

    @Test
    void theTraceOfALoopNamesItsStep() {
        Deferred<Turn<String>> turn = new Deferred<>();
        List<Deferred<Turn<String>>> turns = new ArrayList<>(List.of(turn));
        String begun = line(1);
        Deferred<String> loop = Deferred.loop(() -> {
            if (turns.isEmpty()) {
                throw disk();
            }
            return turns.remove(0);
        });
        turn.callback(Turn.again());
        assertThat(traceOf(loop)).contains("arose in the step of the loop of Deferred@", ", attached at ", begun);
    }

    @Test
    void theTraceNamesNobodyWhoWasGivenSomethingElse() {
        Deferred<String> inner = new Deferred<String>().named("inner");
        Deferred<String> first = Deferred.succeed("v").chainCallback(v -> inner).named("first");
        inner.callback("a value");
        inner.tap(v -> {
            throw new IllegalStateException("later");
        });
        assertThat(traceOf(inner)).contains("'inner'").doesNotContain("'first'");
        assertThat(first.outcome()).contains(new Outcome.Success<>("a value"));
    }

    @Test
    void theTraceNamesTheOneThatTookItAndNotTheOneThatWasRefused() {
        Deferred<String> inner = new Deferred<String>().named("inner");
        Deferred<String> first = Deferred.succeed("v").chainCallback(v -> inner).named("first");
        Deferred<String> second =
                Deferred.succeed("v").chainCallback(v -> inner).named("second");
        inner.errback(disk());
        assertThat(traceOf(first))
                .contains("'inner'", "which gave it to ", "'first'")
                .doesNotContain("'second'");
        second.handle(f -> assertThat(f.exception()).isInstanceOf(IllegalStateException.class));
    }

    @Test
    void oneFailureThatIsFiredInTwoPlacesHasTwoWays() {
        Failure closed = new Failure(disk());
        Deferred<String> one = new Deferred<String>().named("one");
        one.errback(closed);
        Deferred<String> two = new Deferred<String>().named("two");
        two.errback(closed);
        assertThat(debug.reports()).hasSize(2);
        assertThat(debug.reports().get(0).details().contains("'one'"))
                .isNotEqualTo(debug.reports().get(0).details().contains("'two'"));
    }

    @Test
    void aSampledDeferredHasItsTraceToo() {
        Debugging.sample(2);
        Deferred<String> d = new Deferred<>();
        while (!Debugging.story(d).startsWith("Story of ")) {
            d = new Deferred<>();
        }
        Deferred<String> sampled = d.named("sampled");
        sampled.errback(disk());
        assertThat(traceOf(sampled)).contains("'sampled'");
    }

    /** A clock that waits for another thread, which tells the same story meanwhile: no monitor may be held. */
    @Test
    void theClockIsAskedWithoutAMonitor() throws InterruptedException {
        Deferred<String> d = new Deferred<>();
        Thread main = Thread.currentThread();
        AtomicInteger told = new AtomicInteger();
        Debugging.measureBy(new Scheduler() {
            @Override
            public Duration now() {
                if (Thread.currentThread() == main) {
                    Thread other =
                            new Thread(() -> told.addAndGet(Debugging.story(d).length()));
                    other.start();
                    try {
                        other.join();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
                return Duration.ZERO;
            }

            @Override
            public DelayedCall callLater(Duration delay, Runnable action) {
                throw new IllegalStateException("tells the time only");
            }

            @Override
            public List<DelayedCall> delayedCalls() {
                return List.of();
            }
        });
        try {
            d.tap(v -> {});
            d.callback("v");
        } finally {
            Debugging.measureBy(null);
        }
        assertThat(told.get()).isPositive();
    }

    @Test
    void aThreadWhoseTextThrowsStrandsNobody() throws InterruptedException {
        Deferred<String> d = new Deferred<>();
        Thread nameless = new Thread(() -> d.callback("v"), "") {
            @Override
            public String toString() {
                throw new IllegalStateException("cannot be said");
            }
        };
        nameless.start();
        nameless.join();
        assertThat(d.outcome()).contains(new Outcome.Success<>("v"));
        assertThat(Debugging.story(d)).contains("(thread #");
    }

    @Test
    void pausesAreTold() {
        Deferred<String> d = new Deferred<>();
        String paused = line(1);
        d.pause();
        String unpaused = line(1);
        d.unpause();
        assertThat(Debugging.story(d).lines())
                .anySatisfy(l -> assertThat(l).startsWith("    paused at ").endsWith(paused))
                .anySatisfy(l -> assertThat(l).startsWith("    unpaused at ").endsWith(unpaused));
    }

    @Test
    void ofALongStoryTheBeginningAndTheEndAreKept() {
        Deferred<String> d = new Deferred<>();
        for (int i = 0; i < 100; i++) {
            d.tap(v -> {});
        }
        d.callback("v");
        List<String> story = Debugging.story(d).lines().toList();
        assertThat(story).contains("    ... 77 more, left out");
        assertThat(story.get(story.size() - 2)).startsWith("    fired at ");
        assertThatThrownBy(() -> d.callback("w")).hasMessageContaining("It was first fired at ");
        assertThat(story).hasSizeLessThan(50);
    }

    @Test
    void aStoryKeepsNoOtherDeferredAlive() throws InterruptedException {
        Deferred<String> d = Deferred.succeed("start");
        WeakReference<Deferred<String>> gone = waitFor(d);
        assertCollected(gone);
        assertThat(Debugging.story(d)).contains("'inner'");
    }

    private static WeakReference<Deferred<String>> waitFor(Deferred<String> d) {
        Deferred<String> inner = new Deferred<String>().named("inner");
        d.chainCallback(v -> inner).called();
        inner.callback("v");
        return new WeakReference<>(inner);
    }

    /** The waiter of a waiter is reachable from the innermost one, as it runs, only by stories. */
    @Test
    void aStoryKeepsNoneAliveThatItsResultWentTo() throws InterruptedException {
        Deferred<String> inner = new Deferred<>();
        WeakReference<Deferred<String>> gone = giveTo(inner);
        inner.callback("v");
        assertCollected(gone);
        assertThat(Debugging.story(inner)).contains("    fired at ");
    }

    private static WeakReference<Deferred<String>> giveTo(Deferred<String> inner) {
        return new WeakReference<>(Deferred.succeed("start").chainCallback(v -> inner));
    }

    private static void assertCollected(WeakReference<?> gone) throws InterruptedException {
        for (int i = 0; i < 100 && gone.get() != null; i++) {
            System.gc();
            ReferenceQueue<Object> queue = new ReferenceQueue<>();
            new WeakReference<>(new Object(), queue).enqueue();
            queue.remove();
        }
        assertThat(gone.get()).isNull();
    }
}
