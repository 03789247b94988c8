// SPDX-License-Identifier: Apache-2.0
package io.deferred.debugging;

import static io.deferred.debugging.DebugMode.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deferred.Debugging;
import io.deferred.Deferred;
import io.deferred.Failure;
import io.deferred.Outcome;
import io.deferred.Turn;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a failure tells of the way that it has gone. */
class FailureTraceTest {
    @RegisterExtension
    final DebugMode debug = new DebugMode();

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
        Failure failure = failureOf(d.chainCallback(v -> Deferred.fail(exception)));
        assertThat(failure.exception()).isSameAs(exception);
        assertThat(failure.trace()).isNotEmpty();
        d.handle(f -> {});
        assertThat(exception.getStackTrace()).isEqualTo(stack);
        assertThat(exception.getSuppressed()).isEmpty();
        assertThat(exception.getCause()).isNull();
        assertThat(debug.reports()).isEmpty();
    }

    @Test
    void theSameExceptionOnItsWayKeepsTheSameFailure() {
        Failure failure = new Failure(new IOException("disk"));
        Deferred<String> d = new Deferred<>();
        d.addErrback(f -> f.raise());
        d.errback(failure);
        assertThat(failureOf(d)).isSameAs(failure);
        d.handle(f -> {});
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
        List<Thread> threads = new ArrayList<>();
        Executor ofItsOwn = work -> {
            threads.add(new Thread(work, "at work"));
            threads.get(0).start();
        };
        Deferred<String> task = Deferred.<String>deferToThread(ofItsOwn, () -> {
                    throw disk();
                })
                .named("task");
        threads.get(0).join(); // it has reported the failure then, in this test and not in the next one
        assertThat(traceOf(task))
                .contains("FailureTraceTest.disk(FailureTraceTest.java:", ", and arrived on thread at work", "'task'");
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
        assertThat(failureOf(second).exception()).isInstanceOf(IllegalStateException.class);
        second.handle(f -> {});
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
}
