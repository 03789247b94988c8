// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Point.untilAwaited;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** To a body an interrupt is a cancel. */
@ParameterizedClass
@EnumSource
class AsyncInterruptTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @RegisterExtension
    final Reports reports = new Reports();

    private final List<Object> seen = new CopyOnWriteArrayList<>();
    private final AsyncThreads threads;

    AsyncInterruptTest(AsyncThreads threads) {
        this.threads = threads;
    }

    @Test
    void anInterruptIsACancel() throws Exception {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        Deferred<String> inner = new Deferred<>(self -> seen.add("canceller"));
        Deferred<Boolean> outer = threads.async(() -> {
            thread.complete(Thread.currentThread());
            try {
                inner.await();
            } catch (CancelledException e) {
                return Thread.currentThread().isInterrupted();
            }
            throw new AssertionError("not cancelled");
        });
        untilAwaited(inner);
        thread.get().interrupt();
        assertThat(outer.get(LONG)).isFalse();
        assertThat(seen).containsExactly("canceller");
    }

    @Test
    void anInterruptBeforeAnAwaitIsACancelToo() throws Exception {
        Deferred<String> pending = new Deferred<>();
        Deferred<String> outer = threads.async(() -> {
            Thread.currentThread().interrupt();
            try {
                Deferred.succeed("x").await();
            } catch (CancelledException e) {
                seen.add("first");
            }
            Thread.currentThread().interrupt();
            return pending.await();
        });
        assertThatThrownBy(() -> outer.get(LONG)).isInstanceOf(CancelledException.class);
        assertThat(seen).containsExactly("first");
        assertThat(pending.called()).isTrue();
        outer.handle(f -> {});
    }

    @Test
    void anInterruptThatComesTooLateDoesNotReachTheCallbacks() throws Exception {
        Point point = new Point();
        Deferred<Boolean> outer = threads.async(() -> {
                    point.pass();
                    Thread.currentThread().interrupt();
                    return "done";
                })
                .addCallback(done -> Thread.currentThread().isInterrupted());
        point.untilReached();
        point.open();
        assertThat(outer.get(LONG)).isFalse();
    }

    @Test
    void aBodysOwnInterruptedExceptionIsItsFailure() {
        Deferred<Object> outer = threads.async(() -> {
            throw new InterruptedException("slept");
        });
        assertThatThrownBy(() -> outer.get(LONG)).isInstanceOf(InterruptedException.class);
        outer.handle(f -> {});
    }

    @Test
    void anInterruptIsDeliveredOnce() throws Exception {
        Deferred<String> body = threads.async(() -> {
            Thread.currentThread().interrupt();
            try {
                return new Deferred<String>().await();
            } catch (CancelledException e) {
                return Deferred.succeed("went on").await();
            }
        });
        assertThat(body.get(LONG)).isEqualTo("went on");
    }
}
