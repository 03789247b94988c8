// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** One object, and those who wait for it. */
class DeferredFileLockTest {
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    @RegisterExtension
    final Reports reports = new Reports();

    @RegisterExtension
    final LockFile lockFile;

    private final VirtualClock clock;
    private final List<Object> seen = new ArrayList<>();

    DeferredFileLockTest(@TempDir Path directory) {
        lockFile = new LockFile(directory);
        clock = lockFile.clock;
    }

    @Test
    void aFreeFileIsLockedAtOnce() {
        DeferredFileLock here = lockFile.lock();
        Deferred<DeferredFileLock> d = here.acquire();
        assertThat(d.outcome()).contains(new Outcome.Success<>(here));
        assertThat(here.locked()).isTrue();
        assertThat(here.waiting()).isZero();
        here.release();
        assertThat(here.locked()).isFalse();
        assertThat(lockFile.path).as("is left in place").exists();
    }

    @Test
    void itCanBeUsedAgain() {
        DeferredFileLock here = lockFile.lock();
        for (int i = 0; i < 3; i++) {
            assertThat(here.acquire().called()).isTrue();
            here.release();
        }
    }

    @Test
    void thoseWhoWaitHereGetItInTurn() {
        DeferredFileLock here = lockFile.lock();
        here.acquire().consume(l -> seen.add(1)).called();
        here.acquire().consume(l -> seen.add(2)).called();
        here.acquire().consume(l -> seen.add(3)).called();
        assertThat(here.waiting()).isEqualTo(2);
        assertThat(seen).containsExactly(1);
        here.release();
        assertThat(seen).containsExactly(1, 2);
        here.release();
        assertThat(seen).containsExactly(1, 2, 3);
        here.release();
        assertThat(here.locked()).isFalse();
    }

    @Test
    void tryAcquireTellsWhetherItHasBeenFree() throws Exception {
        DeferredFileLock here = lockFile.lock();
        assertThat(here.tryAcquire()).isTrue();
        assertThat(here.tryAcquire()).isFalse();
        here.release();
        assertThat(here.tryAcquire()).isTrue();
        here.release();
    }

    @Test
    void tryAcquireDoesNotPassTheLine() throws Exception {
        DeferredFileLock elsewhere = lockFile.elsewhere();
        DeferredFileLock here = lockFile.lock();
        Deferred<DeferredFileLock> first = here.acquire();
        elsewhere.release();
        assertThat(here.tryAcquire()).isFalse();
        clock.advance(INTERVAL);
        assertThat(first.outcome()).isPresent();
        here.release();
    }

    @Test
    void whoComesAfterATryThatSucceededStandsInTheLine() throws Exception {
        DeferredFileLock here = lockFile.lock();
        assertThat(here.tryAcquire()).isTrue();
        Deferred<DeferredFileLock> next = here.acquire();
        assertThat(clock.delayedCalls())
                .as("the release will tell; there is nothing to try for")
                .isEmpty();
        here.release();
        assertThat(next.outcome()).isPresent();
        here.release();
        assertThat(here.locked()).isFalse();
    }

    @Test
    void releasingWhatIsNotHeldIsRefused() throws Exception {
        DeferredFileLock elsewhere = lockFile.elsewhere();
        DeferredFileLock here = lockFile.lock();
        assertThatIllegalStateException()
                .isThrownBy(here::release)
                .withMessageContaining(lockFile.path.toString())
                .withMessageContaining("pair each release()");
        Deferred<DeferredFileLock> polling = here.acquire();
        assertThatIllegalStateException().isThrownBy(here::release);
        elsewhere.release();
        clock.advance(INTERVAL);
        assertThat(polling.outcome()).isPresent();
        here.release();
    }

    @Test
    void anIntervalThatIsNotPositiveIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeferredFileLock(lockFile.path, clock, Duration.ZERO))
                .withMessageContaining("PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeferredFileLock(lockFile.path, clock, Duration.ofSeconds(-1)));
    }

    @Test
    void saysWhoHasItAndHowManyWait() throws Exception {
        DeferredFileLock elsewhere = lockFile.elsewhere();
        DeferredFileLock here = lockFile.lock();
        assertThat(elsewhere).hasToString("DeferredFileLock[" + lockFile.path + ", locked, 0 waiting]");
        Deferred<DeferredFileLock> d = here.acquire();
        assertThat(here).hasToString("DeferredFileLock[" + lockFile.path + ", not held here, 1 waiting]");
        elsewhere.release();
        clock.advance(INTERVAL);
        assertThat(d.outcome()).isPresent();
        here.release();
    }

    @Test
    void anInterruptedThreadGetsTheLockToo() throws Exception {
        DeferredFileLock here = lockFile.lock();
        Thread.currentThread().interrupt();
        try {
            assertThat(here.tryAcquire()).isTrue();
            here.release();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void runGivesTheLockBackWhateverHappens() {
        DeferredFileLock here = lockFile.lock();
        Deferred<String> pending = new Deferred<>();
        Deferred<String> d = here.run(() -> pending);
        assertThat(here.locked()).isTrue();
        pending.callback("v");
        assertThat(d.outcome()).contains(new Outcome.Success<>("v"));
        assertThat(here.locked()).isFalse();

        IOException thrown = new IOException("disk");
        Deferred<String> failed = here.run(() -> {
            throw thrown;
        });
        assertThat(failureOf(failed)).isSameAs(thrown);
        assertThat(here.locked()).isFalse();
        failed.handle(f -> {});
    }

    @Test
    void cancellingARunCancelsWhatTheFunctionReturned() {
        DeferredFileLock here = lockFile.lock();
        Deferred<String> d = here.run(() -> new Deferred<String>());
        d.cancel();
        assertThat(failureOf(d)).isInstanceOf(CancelledException.class);
        assertThat(here.locked()).isFalse();
    }
}
