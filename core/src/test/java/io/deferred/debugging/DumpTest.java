// SPDX-License-Identifier: Apache-2.0
package io.deferred.debugging;

import static io.deferred.debugging.DebugMode.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.Canceller;
import io.deferred.Debugging;
import io.deferred.Deferred;
import io.deferred.DeferredEvent;
import io.deferred.DeferredFileLock;
import io.deferred.DeferredLock;
import io.deferred.DeferredQueue;
import io.deferred.DelayedCall;
import io.deferred.Dump;
import io.deferred.Parallel;
import io.deferred.Scheduler;
import io.deferred.spi.Awaiting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is waited for. */
class DumpTest extends DumpLines {
    @Test
    void onesThatAreMadeInOnePlaceStandTogetherWithTheirAgeAndWhatIsNext() {
        String made = "";
        String attached = "";
        for (int i = 0; i < 3; i++) {
            made = line(1);
            Deferred<String> d = hold(new Deferred<String>().named("page " + i));
            attached = line(1);
            d.consume(v -> {});
            clock.advance(Duration.ofSeconds(1));
        }
        List<String> dump = Dump.text().lines().toList();
        String group = dump.stream()
                .filter(l -> l.startsWith("3 made at "))
                .filter(new Containing(made))
                .findFirst()
                .orElseThrow();
        String end = ", not fired; next is the callback attached at ";
        assertThat(dump.subList(dump.indexOf(group) + 1, dump.indexOf(group) + 4))
                .allSatisfy(new EndingWith(end, attached));
        assertThat(only("page 0")).contains(", PT3S old,");
        assertThat(only("page 2")).contains(", PT1S old,");
    }

    private record Containing(String part) implements java.util.function.Predicate<String> {
        @Override
        public boolean test(String text) {
            return text.contains(part);
        }
    }

    private record EndingWith(String before, String end) implements org.assertj.core.api.ThrowingConsumer<String> {
        @Override
        public void acceptThrows(String text) {
            assertThat(text).contains(before).endsWith(end);
        }
    }

    @Test
    void whatNothingHasHappenedToForLongIsMarked() {
        Deferred<String> d = hold(new Deferred<String>().named("forgotten"));
        clock.advance(Duration.ofSeconds(59));
        assertThat(only("forgotten")).contains(", PT59S old, not fired");
        clock.advance(Duration.ofSeconds(1));
        assertThat(only("forgotten")).contains(", PT1M old and UNTOUCHED for PT1M, not fired");
        d.tap(v -> {});
        assertThat(only("forgotten")).contains(", PT1M old, not fired");
        assertThat(Dump.json()).contains("\"untouchedNanos\":0");
        clock.advance(Duration.ofMinutes(1));
        d.pause();
        assertThat(only("forgotten")).contains(", PT2M old, paused, not fired");
    }

    @Test
    void onesThatHaveTheirResultAreNotPending() {
        Deferred<String> d = hold(new Deferred<String>().named("over"));
        assertThat(lineOf("over")).isPresent();
        d.callback("v");
        assertThat(lineOf("over")).isEmpty();
        d.pause();
        assertThat(only("over")).contains("is paused");
    }

    @Test
    void whatRunsNextIsKnownWhileItWaitsToo() {
        Deferred<String> inner = new Deferred<String>().named("query");
        Deferred<String> d =
                hold(Deferred.succeed("start").chainCallback(v -> inner).named("page"));
        String attached = line(1);
        d.tapFailure(f -> {});
        assertThat(only("page"))
                .contains(", waits for Deferred@", "'query' made at")
                .endsWith(
                        "; next is the errback attached at io.deferred.debugging.DumpTest.whatRunsNextIsKnownWhileItWaitsToo"
                                + attached);
        inner.callback("v");
    }

    @Test
    void twoLocksTakenInOppositeOrderAreADeadlock() {
        DeferredLock accounts = new DeferredLock();
        DeferredLock ledger = new DeferredLock();
        Deferred<String> gate = new Deferred<>();
        String first = line(1);
        Deferred<String> transfer = hold(accounts.acquire()
                        .chainCallback(a -> gate)
                        .chainCallback(v -> ledger.acquire().addCallback(l -> "done")))
                .named("transfer");
        String second = line(1);
        Deferred<String> audit = hold(ledger.acquire()
                        .chainCallback(l -> accounts.acquire().addCallback(a -> "done")))
                .named("audit");
        assertThat(deadlocksOf("transfer")).isEmpty();
        gate.callback("go");
        assertThat(deadlocksOf("transfer"))
                .singleElement()
                .satisfies(l -> assertThat(l)
                        .contains("'transfer'", first, "'audit'", second, "DeferredLock[locked, 1 waiting]@"));
        assertThat(only("audit")).endsWith(" [deadlock]");
        assertThat(Dump.text().lines().filter(l -> l.startsWith("  Deferred@") && l.contains("'audit', ")))
                .as("it is described once")
                .hasSize(1);
        assertThat(transfer.called() && audit.called()).isTrue();
        JsonNode json = JsonMapper.builder().build().readTree(Dump.json());
        assertThat(json.get("deadlocks").valueStream())
                .anySatisfy(circle -> assertThat(circle.size()).isEqualTo(6));
        accounts.release();
        ledger.release();
    }

    @Test
    void aLockThatIsHeldByOneThatWaitsForAQueueIsShownToBe() {
        DeferredLock lock = new DeferredLock();
        DeferredQueue<String> queue = new DeferredQueue<>();
        String holds = line(1);
        hold(lock.run(() -> queue.get().named("next item")).named("consumer"));
        hold(lock.run(() -> {
                    queue.put("item");
                    return Deferred.succeed("put");
                })
                .named("producer"));
        assertThat(only("producer")).contains("stands in line for DeferredLock[locked, 1 waiting]@");
        assertThat(Dump.text().lines())
                .anySatisfy(l -> assertThat(l)
                        .startsWith("  DeferredLock[locked, 1 waiting]@")
                        .contains(", held by Deferred@", "'consumer' made at ")
                        .endsWith(holds))
                .anySatisfy(l -> assertThat(l).startsWith("  DeferredQueue[0 pending, 1 waiting]@"));
        queue.put("at last");
    }

    @Test
    void aCircleThroughAwaitIsADeadlock() throws InterruptedException {
        // Nothing helps them any more, their threads stay parked: who runs this again must find others.
        String husband = "husband " + UUID.randomUUID();
        String wife = "wife of " + husband;
        CountDownLatch both = new CountDownLatch(1);
        List<Deferred<String>> bodies = hold(new ArrayList<>());
        bodies.add(Deferred.<String>async(() -> {
                    both.await();
                    return bodies.get(1).await();
                })
                .named(husband));
        bodies.add(Deferred.<String>async(() -> {
                    both.await();
                    return bodies.get(0).await();
                })
                .named(wife));
        both.countDown();
        while (!only(husband).contains("awaited by thread") || !only(wife).contains("awaited by thread")) {
            Thread.onSpinWait();
        }
        assertThat(deadlocksOf(husband))
                .singleElement()
                .satisfies(l -> assertThat(l).contains("'" + husband + "' made at ", "'" + wife + "' made at "));
        assertThat(only(wife)).contains(", its body awaits Deferred@", "; awaited by thread ", " [deadlock]");
    }

    @Test
    void aForkWaitsForItsSource() {
        Deferred<String> source = hold(new Deferred<String>().named("source"));
        hold(source.fork().named("fork"));
        Deferred<String> target = hold(new Deferred<String>().named("target"));
        source.chainDeferred(target);
        assertThat(only("fork")).contains(", is to be fired by Deferred@", "'source' made at ");
        assertThat(only("target")).contains(", is to be fired by Deferred@", "'source' made at ");
        source.callback("v");
    }

    @Test
    void aGatheringWaitsForThoseThatAreMissing() {
        Deferred<String> missing = hold(new Deferred<String>().named("missing"));
        hold(Deferred.gatherResults(Deferred.succeed("v"), missing).named("both"));
        assertThat(only("both")).contains(", gathers Deferred@", "'missing' made at ");
        missing.callback("v");
    }

    @Test
    void aDelayedCallAndAnExecutorAreNamed() {
        hold(Deferred.deferLater(clock, Duration.ofHours(1)).named("nap"));
        List<Runnable> tasks = new ArrayList<>();
        hold(Deferred.deferToThread(tasks::add, () -> "v").named("task"));
        assertThat(only("nap")).contains(", waits for a delayed call, due at PT1H");
        assertThat(only("task")).contains(", stands in line for an executor that has not begun its function yet@");
    }

    @Test
    void aDeferredWithoutAStoryIsShownWhereOneWaitsForIt() {
        Debugging.off();
        Deferred<String> unknown = new Deferred<String>().named("unknown");
        Debugging.full();
        hold(Deferred.succeed("v").chainCallback(v -> unknown).named("known"));
        assertThat(only("known")).contains("waits for Deferred@", "'unknown'");
        unknown.callback("v");
    }

    @Test
    void itSaysThatItIsOffOrOnlySampled() {
        assertThat(Dump.text()).doesNotContain("debug mode, which is off", "is seen.");
        Debugging.off();
        assertThat(Dump.text()).contains("Only those are seen that were made in debug mode, which is off.");
        Debugging.sample(7);
        assertThat(Dump.text()).endsWith("One Deferred in 7 is seen.");
    }

    @Test
    void labelsOfAllKindsCanBeReadBack() {
        String label = "\"\\\n\t\u0001 é \uD83D\uDE00 \uD83D";
        Deferred<String> d = hold(new Deferred<String>().named(label));
        JsonNode json = JsonMapper.builder().build().readTree(Dump.json());
        assertThat(json.get("nodes").valueStream())
                .anySatisfy(node -> assertThat(node.get("name").asString()).endsWith("'" + label + "'"));
        assertThat(d.called()).isFalse();
    }

    private record Asking(String answer) implements Canceller<String>, Awaiting {
        @Override
        public void cancel(Deferred<String> self) {}

        @Override
        public String awaited() {
            if (answer.isEmpty()) {
                throw new IllegalStateException("no answer");
            }
            return answer;
        }
    }

    @Test
    void aCancellerSaysWhatItsOperationWaitsFor() {
        Deferred<String> d = hold(new Deferred<>(new Asking("a connection")).named("rows"));
        assertThat(only("rows")).endsWith(", waits for a connection");
        d.callback("v");
        hold(new Deferred<>(new Asking("")).named("broken"));
        assertThat(only("broken"))
                .endsWith(", waits for what cannot be told, because of java.lang.IllegalStateException");
    }

    @Test
    void whatAFailureHasPassedByIsNotNext() {
        Deferred<String> d = hold(Deferred.<String>fail(new IOException("disk")).named("failed"));
        d.addCallback(v -> v + "!").called();
        d.pause();
        String attached = line(1);
        d.addErrback(f -> "instead").called();
        assertThat(only("failed"))
                .contains("; next is the errback attached at ")
                .endsWith(attached);
        d.unpause();
    }

    @Test
    void aCallbackThatRunsIsShownWithItsThreadAndWhatThatAwaits() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch resumed = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Deferred<String> rows = hold(new Deferred<String>().named("rows"));
        Deferred<String> report = hold(new Deferred<String>().named("report"));
        report.addCallback(v -> {
                    begun.countDown();
                    goOn.await();
                    String given = rows.await();
                    resumed.countDown();
                    end.await();
                    return given;
                })
                .called();
        Thread runner = new Thread(() -> report.callback("start"), "the runner");
        runner.start();
        begun.await();
        assertThat(only("report")).endsWith(", runs on thread the runner");
        goOn.countDown();
        while (!only("rows").contains("; awaited by thread the runner")) {
            Thread.onSpinWait();
        }
        assertThat(only("report")).contains(", runs on thread the runner, which awaits Deferred@", "'rows' made at ");
        assertThat(Dump.json()).contains("\"awaitedBy\":[\"the runner\"]");
        rows.callback("v");
        resumed.await();
        assertThat(only("report")).endsWith(", runs on thread the runner");
        end.countDown();
        runner.join();
    }

    @Test
    void aLockIsHeldByTheOneThatItWasPassedOnTo() {
        DeferredLock lock = new DeferredLock();
        Deferred<String> gate = hold(new Deferred<>());
        hold(Deferred.succeed("start")
                .chainCallback(v -> hold(lock.acquire()))
                .chainCallback(l -> gate)
                .named("keeper"));
        Deferred<DeferredLock> second = hold(lock.acquire().named("second"));
        assertThat(Dump.text().lines())
                .anySatisfy(l -> assertThat(l)
                        .startsWith("  DeferredLock[locked, 1 waiting]@")
                        .contains(", held by Deferred@", "'keeper' made at "));
        gate.callback("v");
        lock.release();
        assertThat(second.called()).isTrue();
        lock.release();
    }

    @Test
    void theNumberOfANodeIsItsPlace() {
        Debugging.off();
        Deferred<String> unknown = new Deferred<>();
        Debugging.full();
        hold(Deferred.succeed("v").chainCallback(v -> unknown));
        DeferredLock lock = new DeferredLock();
        hold(lock.acquire());
        Deferred<DeferredLock> second = hold(lock.acquire());
        List<Integer> ids = JsonMapper.builder()
                .build()
                .readTree(Dump.json())
                .get("nodes")
                .valueStream()
                .map(node -> node.get("id").asInt())
                .toList();
        assertThat(ids)
                .isEqualTo(IntStream.rangeClosed(1, ids.size()).boxed().toList())
                .hasSizeGreaterThan(3);
        unknown.callback("v");
        lock.release();
        assertThat(second.called()).isTrue();
        lock.release();
    }

    @Test
    void withoutATimeEverythingIsAsOldAsTheDumpItself() {
        Debugging.measureBy(new Scheduler() {
            @Override
            public Duration now() {
                throw new IllegalStateException("the clock has stopped");
            }

            @Override
            public DelayedCall callLater(Duration delay, Runnable action) {
                throw new IllegalStateException("tells no time");
            }

            @Override
            public List<DelayedCall> delayedCalls() {
                return List.of();
            }
        });
        Deferred<String> d = hold(new Deferred<String>().named("timeless"));
        assertThat(only("timeless")).endsWith(", PT0S old, not fired");
        d.callback("v");
    }

    @Test
    void whoTriesForAFileIsNamedWithIt(@TempDir Path folder) throws IOException {
        DeferredFileLock other = new DeferredFileLock(folder.resolve("lock"), clock);
        assertThat(other.tryAcquire()).isTrue();
        DeferredFileLock lock = new DeferredFileLock(folder.resolve("lock"), clock);
        Deferred<DeferredFileLock> tries = hold(lock.acquire().named("tries"));
        assertThat(Dump.text()).contains(" for " + lock);
        other.release();
        clock.advance(Duration.ofSeconds(1));
        assertThat(tries.outcome()).isPresent();
        lock.release();
    }

    @Test
    void aLockIsShownOnceForAllWhoStandInLine() {
        DeferredLock lock = new DeferredLock();
        lock.acquire();
        hold(lock.acquire().named("second"));
        hold(lock.acquire().named("third"));
        String named = only("second").replaceFirst(".* stands in line for ", "");
        assertThat(named).startsWith("DeferredLock[locked, 2 waiting]@");
        assertThat(only("third")).endsWith(" stands in line for " + named);
        assertThat(Dump.text().lines().filter(l -> l.startsWith("  " + named))).hasSize(1);
    }

    @Test
    void whoWaitsForAnEventOrForAnExecutorSaysForWhich() {
        DeferredEvent event = new DeferredEvent();
        hold(event.whenSet().named("the event's"));
        assertThat(only("the event's")).contains(" stands in line for DeferredEvent[1 waiting]");
        Executor busy = new Executor() {
            @Override
            public void execute(Runnable task) {}

            @Override
            public String toString() {
                return "the busy one";
            }
        };
        hold(Deferred.succeed("v").continueOn(busy).named("the traveler"));
        assertThat(Dump.text()).contains("the executor of continueOn, the busy one");
    }

    @Test
    void anItemThatIsNotBegunBecauseAnotherHasFailedIsNotShown() {
        Deferred<String> slow = new Deferred<>(self -> self.callback("in spite of the cancel"));
        Deferred<String> fails = new Deferred<>();
        List<Deferred<String>> items = List.of(slow, fails, Deferred.succeed("not begun"));
        Deferred<List<String>> all = hold(Parallel.map(items, 2, item -> item));
        fails.errback(new IOException("disk"));
        all.handle(f -> {});
        assertThat(Dump.text()).doesNotContain("anItemThatIsNotBegunBecauseAnotherHasFailedIsNotShown");
    }
}
