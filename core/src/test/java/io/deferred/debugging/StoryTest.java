// SPDX-License-Identifier: Apache-2.0
package io.deferred.debugging;

import static io.deferred.debugging.DebugMode.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deferred.Debugging;
import io.deferred.Deferred;
import io.deferred.DeferredList;
import io.deferred.DelayedCall;
import io.deferred.Scheduler;
import java.time.Duration;
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
                .isNotEmpty()
                .noneMatch(l -> l.contains("at io.deferred.Deferred") || l.contains("io.deferred.ThreadTask"))
                .noneMatch(l -> l.contains("java.base"));
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
}
