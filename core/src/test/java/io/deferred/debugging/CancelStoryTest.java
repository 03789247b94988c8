// SPDX-License-Identifier: Apache-2.0
package io.deferred.debugging;

import static io.deferred.debugging.DebugMode.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.Cancellation;
import io.deferred.Debugging;
import io.deferred.Deferred;
import io.deferred.VirtualClock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a cancel has reached. */
class CancelStoryTest {
    @RegisterExtension
    final DebugMode debug = new DebugMode();

    private static void assertTold(Deferred<?> d, String cancelled, String what) {
        assertThat(Debugging.story(d).lines())
                .anySatisfy(l -> assertThat(l).startsWith("    cancelled at ").contains(cancelled, what));
    }

    @Test
    void withoutACancellerTheOperationWasNotTold() {
        Deferred<String> d = new Deferred<>();
        String cancelled = line(1);
        d.cancel();
        assertTold(d, cancelled, "there was no canceller: it failed, and the operation was not told");
        assertThat(Debugging.story(d)).contains("    fired at ", " with io.deferred.CancelledException");
        d.handle(f -> {});
    }

    @Test
    void itsCancellerRan() {
        Deferred<String> d = new Deferred<>(self -> {});
        String cancelled = line(1);
        d.cancel();
        assertTold(d, cancelled, "its canceller ran");
        d.handle(f -> {});
    }

    @Test
    void itCameTooLate() {
        Deferred<String> d = Deferred.succeed("v");
        String cancelled = line(1);
        d.cancel();
        assertTold(d, cancelled, "there was nothing to stop");
    }

    @Test
    void bothEndsOfItsWayAreTold() {
        Deferred<String> inner = new Deferred<String>(self -> {}).named("query");
        Deferred<String> outer =
                Deferred.succeed("start").chainCallback(v -> inner).named("page");
        String name = inner.toString(); // while it is unfired, that is all
        String cancelled = line(1);
        assertThat(outer.cancel()).isEqualTo(Cancellation.PASSED_ON);
        assertTold(outer, cancelled, "it went to " + name + ", where");
        assertTold(outer, cancelled, ", where its canceller ran");
        assertTold(inner, cancelled, "its canceller ran (it came from ");
        outer.handle(f -> {});
    }

    @Test
    void oneThatMetARunWithoutAWaitStoppedNothing() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        Deferred<String> d = new Deferred<>();
        Deferred<String> end = d.addCallback(v -> {
            running.countDown();
            cancelled.await();
            return v;
        });
        Thread runner = new Thread(() -> d.callback("v"));
        runner.start();
        running.await();
        String line = line(1);
        assertThat(end.cancel()).isEqualTo(Cancellation.PASSED_ON);
        cancelled.countDown();
        runner.join();
        assertTold(d, line, "it was passed on, to what it stands for or to what its run will wait for");
        assertTold(d, "", "nothing was stopped, because the run that it met has ended without a wait");
    }

    @Test
    void theCancelOfATimeOutIsTold() {
        VirtualClock clock = new VirtualClock();
        Deferred<String> d = new Deferred<String>().addTimeout(Duration.ofSeconds(1), clock);
        String struck = line(1);
        clock.advance(Duration.ofSeconds(1));
        assertTold(d, struck, "there was no canceller");
        assertThat(Debugging.story(d)).contains("    time-out attached at ");
        d.handle(f -> {});
    }
}
