// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.Deferred;
import io.deferred.VirtualClock;
import io.deferred.testkit.DeferredTest;
import io.deferred.testkit.TimeLimit;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Assumptions;

/** Each way in which a test can end. */
class Endings {
    static final AtomicBoolean CANCELLED = new AtomicBoolean();

    @DeferredTest
    Deferred<?> passes() {
        return Deferred.succeed("done");
    }

    @DeferredTest
    Deferred<?> passesAfterAnHour(VirtualClock clock) {
        return Deferred.deferLater(clock, Duration.ofHours(1))
                .addCallback(late -> assertThat(clock.now()).isEqualTo(Duration.ofHours(1)));
    }

    @DeferredTest
    Deferred<?> passesWhenAThreadHasEnded() {
        var executor = Executors.newSingleThreadExecutor();
        return Deferred.deferToThread(executor, () -> "done").tapBoth(ended -> executor.shutdown());
    }

    @DeferredTest
    Deferred<?> passesWhenABodyHasEnded(VirtualClock clock) {
        return Deferred.async(() -> {
            Deferred.deferLater(clock, Duration.ofHours(1)).await();
            assertThat(clock.now()).isEqualTo(Duration.ofHours(1));
            Deferred.deferLater(clock, Duration.ofHours(1)).await();
            assertThat(clock.now()).isEqualTo(Duration.ofHours(2));
        });
    }

    @DeferredTest
    Deferred<?> fails(VirtualClock clock) {
        return Deferred.deferLater(clock, Duration.ofSeconds(1), () -> {
            throw Thrown.by("fails", new IOException("later"));
        });
    }

    @DeferredTest
    Deferred<?> throwsAtOnce() {
        throw Thrown.by("throwsAtOnce", new IllegalStateException("at once"));
    }

    @DeferredTest
    Deferred<?> returnsNull() {
        return null;
    }

    @DeferredTest
    Deferred<?> isAborted() {
        return Deferred.succeed("done").tap(done -> Assumptions.abort("not here"));
    }

    @DeferredTest
    @TimeLimit(millis = 1)
    Deferred<?> neverEnds() {
        Lines.next();
        return new Deferred<>(self -> CANCELLED.set(true)).named("the answer");
    }
}
