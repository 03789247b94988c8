// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RetryStackAndMemoryTest {
    private static final int MILLION = 1_000_000;

    @RegisterExtension
    final RetriedOperation retried = new RetriedOperation();

    private final VirtualClock clock = retried.clock;

    @Test
    @Tag("long")
    void aMillionAttemptsThatFailAtOnceNeedNoDeeperStack() throws Exception {
        IOException exception = new IOException("each");
        int[] count = new int[1];
        Deferred<String> whole = SmallStack.run(() -> Retry.upTo(MILLION).run(clock, () -> {
            count[0]++;
            return Deferred.fail(exception);
        }));
        assertThat(failureOf(whole)).isSameAs(exception);
        assertThat(count[0]).isEqualTo(MILLION);
        whole.handle(f -> {});
    }

    @Test
    @Tag("long")
    void aMillionAttemptsThatArePendingNeedNoDeeperStack() throws Exception {
        IOException exception = new IOException("each");
        List<Deferred<String>> latest = new ArrayList<>(List.of(new Deferred<>()));
        Deferred<String> whole = SmallStack.run(() -> {
            Deferred<String> running = Retry.upTo(MILLION).run(clock, () -> {
                latest.set(0, new Deferred<>());
                return latest.get(0);
            });
            for (int i = 0; i < MILLION; i++) {
                latest.get(0).errback(exception);
            }
            return running;
        });
        assertThat(failureOf(whole)).isSameAs(exception);
        whole.handle(f -> {});
    }

    @Test
    void theFailuresOfEarlierAttemptsAreLetGo() {
        List<WeakReference<Exception>> exceptions = new ArrayList<>();
        List<Deferred<String>> latest = new ArrayList<>(List.of(new Deferred<>()));
        Deferred<String> whole = Retry.upTo(1000).run(clock, () -> {
            latest.set(0, new Deferred<>());
            return latest.get(0);
        });
        for (int i = 0; i < 999; i++) {
            Exception exception = new IOException("number " + i);
            exceptions.add(new WeakReference<>(exception));
            latest.get(0).errback(exception);
        }
        for (int i = 0; i < 100 && exceptions.get(500).get() != null; i++) {
            System.gc();
        }
        assertThat(exceptions.get(500).get()).isNull();
        whole.cancel();
        whole.handle(f -> {});
    }
}
