// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.spi.ContextPropagator;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The code of docs/how-to/choose-the-thread.md. */
class HowToThreadsTest {
    private final ExecutorService pool = Executors.newFixedThreadPool(2, task -> new Thread(task, "pool"));
    private final ExecutorService screen = Executors.newSingleThreadExecutor(task -> new Thread(task, "screen"));
    private final List<String> shown = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        pool.shutdownNow();
        screen.shutdownNow();
        ContextPropagation.uninstall();
    }

    private String readFile(String name) {
        return name + " by " + Thread.currentThread().getName();
    }

    private void show(String text) {
        shown.add(text + ", shown by " + Thread.currentThread().getName());
    }

    @Test
    void blockingWorkGoesToAnExecutorAndWhatFollowsToAnother() throws Exception {
        // #region thread
        Deferred<?> done = Deferred.deferToThread(pool, () -> readFile("a.txt"))
                .continueOn(screen)
                .consume(text -> show(text));
        // #endregion
        done.get(Duration.ofMinutes(1));
        assertThat(shown).containsExactly("a.txt by pool, shown by screen");
    }

    @Test
    void aCancelMayInterrupt() throws Exception {
        // #region interrupt
        Deferred<String> text = Deferred.deferToThread(pool, OnCancel.INTERRUPT, () -> readFile("a.txt"));
        // #endregion
        assertThat(text.get(Duration.ofMinutes(1))).isEqualTo("a.txt by pool");
    }

    // #region propagator
    static final ThreadLocal<@Nullable String> USER = new ThreadLocal<>();

    record CarriesTheUser() implements ContextPropagator {
        @Override
        public @Nullable Object capture() {
            return USER.get();
        }

        @Override
        public Scope restore(Object captured) {
            String before = USER.get();
            USER.set((String) captured);
            return () -> USER.set(before);
        }
    }
    // #endregion

    @Test
    void theContextComesAlong() throws Exception {
        // #region install
        ContextPropagation.install(new CarriesTheUser());
        // #endregion
        USER.set("Ada");
        Deferred<String> name = Deferred.deferToThread(pool, () -> readFile("a.txt"))
                .continueOn(screen)
                .addCallback(text -> text + " for " + USER.get());
        USER.remove();
        assertThat(name.get(Duration.ofMinutes(1))).isEqualTo("a.txt by pool for Ada");
    }
}
