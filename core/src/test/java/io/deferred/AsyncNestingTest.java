// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Point.untilAwaited;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Bodies whose awaits, cancels and cancellers run within each other. */
@ParameterizedClass
@EnumSource
class AsyncNestingTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @RegisterExtension
    final Reports reports = new Reports();

    private final List<Object> seen = new CopyOnWriteArrayList<>();
    private final AsyncThreads threads;

    AsyncNestingTest(AsyncThreads threads) {
        this.threads = threads;
    }

    @Test
    void anAwaitOfACallbackWithinAnAwaitDoesNotHideWhatTheBodyAwaits() {
        Deferred<String> cleanup = new Deferred<>();
        Deferred<String> rest = new Deferred<>();
        Point point = new Point();
        Deferred<String> d = new Deferred<String>().chainErrback(f -> {
            cleanup.await();
            return rest;
        });
        Deferred<String> body = threads.async(() -> {
            point.pass();
            return d.await();
        });
        point.untilReached();
        body.cancel(); // delivered at d.await(), on the body's thread, whose errback awaits something else
        point.open();
        untilAwaited(cleanup);
        cleanup.callback("");
        untilAwaited(rest);
        body.cancel();
        assertThat(rest.called()).isTrue();
        assertThatThrownBy(() -> body.get(LONG)).isInstanceOf(CancelledException.class);
        body.handle(f -> {});
    }

    @Test
    void aCancelThatFindsTheCancellerAtWorkForAnotherLeavesTheCleaningUpAlone() throws Exception {
        Point canceller = new Point();
        Deferred<String> op = new Deferred<>(self -> canceller.pass());
        Deferred<String> cleanup = new Deferred<>();
        Deferred<String> body = threads.async(() -> {
            try {
                return op.await();
            } catch (CancelledException e) {
                return cleanup.await();
            }
        });
        untilAwaited(op);
        Thread first = new Thread(op::cancel);
        first.start();
        canceller.untilReached();
        body.cancel();
        canceller.open();
        first.join();
        untilAwaited(cleanup);
        assertThat(cleanup.called()).isFalse();
        cleanup.callback("cleaned");
        assertThat(body.get(LONG)).isEqualTo("cleaned");
    }

    @Test
    void aCancelByACallbackOfWhatIsAwaitedDoesNothing() throws Exception {
        List<Deferred<String>> own = new CopyOnWriteArrayList<>();
        Deferred<String> inner = new Deferred<String>().tap(v -> own.get(0).cancel());
        Object before = inner.state();
        own.add(threads.async(() -> inner.await() + Deferred.succeed("!").await()));
        while (inner.state() == before) {
            Busy.yieldToOwner(); // the body is not there yet
        }
        inner.callback("v");
        assertThat(own.get(0).get(LONG)).isEqualTo("v!");
    }

    /** The result of the outer await comes first. */
    @Test
    void anOuterAwaitThatEndsBeforeTheInnerOneIsForgotten() throws Exception {
        Deferred<List<Deferred<String>>> own = new Deferred<>();
        Deferred<String> later = new Deferred<>(self -> seen.add("later's canceller"));
        List<Deferred<String>> outer = new CopyOnWriteArrayList<>();
        Deferred<String> inner = new Deferred<>(self -> {
            outer.get(0).callback("outer");
            self.callback("inner");
        });
        outer.add(new Deferred<>(self -> {
            Thread.currentThread().interrupt();
            seen.add(inner.await());
        }));
        Deferred<String> body = threads.async(() -> {
            Deferred<String> me = own.await().get(0);
            Thread.currentThread().interrupt();
            seen.add(outer.get(0).await());
            outer.get(0).chainCallback(v -> later).called();
            me.cancel();
            return new Deferred<String>(self -> self.callback("found the next await")).await();
        });
        own.callback(List.of(body));
        assertThat(body.get(LONG)).isEqualTo("found the next await");
        assertThat(seen).containsExactly("inner", "outer");
    }
}
