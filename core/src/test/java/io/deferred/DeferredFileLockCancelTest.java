// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A cancel makes a last attempt. */
class DeferredFileLockCancelTest {
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    @RegisterExtension
    final Reports reports = new Reports();

    @RegisterExtension
    final LogRecords log = new LogRecords();

    @RegisterExtension
    final LockFile lockFile;

    private final VirtualClock clock;
    private final List<Object> seen = new ArrayList<>();

    DeferredFileLockCancelTest(@TempDir Path directory) {
        lockFile = new LockFile(directory);
        clock = lockFile.clock;
    }

    @Test
    void aCancelMakesALastAttempt() throws Exception {
        DeferredFileLock elsewhere = lockFile.elsewhere();
        DeferredFileLock here = lockFile.lock();
        Deferred<DeferredFileLock> d = here.acquire();
        elsewhere.release();
        assertThat(d.cancel()).isEqualTo(Cancellation.PASSED_ON);
        assertThat(d.outcome()).contains(new Outcome.Success<>(here));
        assertThat(here.locked()).isTrue();
        here.release();
    }

    @Test
    void aCancelWhoseLastAttemptFailsEndsTheWait() throws Exception {
        DeferredFileLock elsewhere = lockFile.elsewhere();
        DeferredFileLock here = lockFile.lock();
        Deferred<DeferredFileLock> first = here.acquire();
        Deferred<DeferredFileLock> second = here.acquire();
        first.cancel();
        assertThat(failureOf(first)).isInstanceOf(CancelledException.class);
        assertThat(here.waiting()).as("it is the second one's turn").isEqualTo(1);
        elsewhere.release();
        clock.advance(INTERVAL);
        assertThat(second.outcome()).contains(new Outcome.Success<>(here));
        here.release();
    }

    @Test
    void aLastAttemptThatBreaksIsACancelAllTheSame() throws Exception {
        DeferredFileLock elsewhere = lockFile.elsewhere();
        Deferred<DeferredFileLock> d = lockFile.lock().acquire();
        elsewhere.release();
        Files.delete(lockFile.path);
        Files.createDirectory(lockFile.path);
        d.cancel();
        assertThat(failureOf(d)).isInstanceOf(CancelledException.class);
        assertThat(failureOf(d).getSuppressed()).hasSize(1).hasOnlyElementsOfType(IOException.class);
        d.handle(f -> {});
    }

    @Test
    void aLastAttemptThatSucceedsLeavesNoCallToTheCallbacks() throws Exception {
        DeferredFileLock elsewhere = lockFile.elsewhere();
        DeferredFileLock here = lockFile.lock();
        Deferred<DeferredFileLock> d = here.acquire();
        d.tap(l -> seen.add(clock.delayedCalls().size()));
        elsewhere.release();
        d.cancel();
        assertThat(seen).containsExactly(0);
        here.release();
    }

    @Test
    void aCancelWhileTheNextAttemptIsBeingArmedTakesItBack() throws Exception {
        DeferredFileLock elsewhere = lockFile.elsewhere();
        DisturbedScheduler disturbed = new DisturbedScheduler();
        DeferredFileLock here = new DeferredFileLock(lockFile.path, disturbed);
        Deferred<DeferredFileLock> d = here.acquire();
        disturbed.whileArming(d::cancel);
        disturbed.clock.advance(INTERVAL);
        assertThat(failureOf(d)).isInstanceOf(CancelledException.class);
        assertThat(disturbed.delayedCalls()).isEmpty();
        elsewhere.release();
        d.handle(f -> {});
    }

    @Test
    void anAttemptThatBreaksAfterTheEndIsLogged() throws Exception {
        DeferredFileLock elsewhere = lockFile.elsewhere();
        DisturbedScheduler disturbed = new DisturbedScheduler();
        Deferred<DeferredFileLock> d = new DeferredFileLock(lockFile.path, disturbed).acquire();
        disturbed.whileArming(() -> {
            d.cancel();
            throw new IllegalStateException("takes no more calls");
        });
        disturbed.clock.advance(INTERVAL);
        assertThat(failureOf(d)).isInstanceOf(CancelledException.class);
        assertThat(log.seen())
                .singleElement()
                .satisfies(entry -> assertThat(entry.getThrown()).hasMessage("takes no more calls"));
        elsewhere.release();
        d.handle(f -> {});
    }

    @Test
    void anAttemptThatIsMadeDuringTheLastOneLeavesNoCallBehind() throws Exception {
        DeferredFileLock elsewhere = lockFile.elsewhere();
        DisturbedScheduler disturbed = new DisturbedScheduler();
        DeferredFileLock here = new DeferredFileLock(lockFile.path, disturbed);
        Deferred<DeferredFileLock> d = here.acquire();
        disturbed.whileTakingBack(() -> {
            disturbed.actions.get(0).run();
            elsewhere.release();
        });
        d.cancel();
        assertThat(d.outcome()).contains(new Outcome.Success<>(here));
        assertThat(disturbed.delayedCalls()).isEmpty();
        here.release();
    }

    @Test
    void aWaitThatEndsDuringItsLastAttemptGivesTheFileBack() throws Exception {
        DeferredFileLock elsewhere = lockFile.elsewhere();
        DisturbedScheduler disturbed = new DisturbedScheduler();
        DeferredFileLock here = new DeferredFileLock(lockFile.path, disturbed);
        Deferred<DeferredFileLock> d = here.acquire();
        Deferred<?> end = d.waitingFor().orElseThrow();
        disturbed.whileTakingBack(() -> {
            end.errback(new IOException("meddled"));
            elsewhere.release();
        });
        assertThat(d.cancel()).isEqualTo(Cancellation.NOTHING_TO_STOP);
        assertThat(failureOf(d)).hasMessage("meddled");
        assertThat(here.locked()).isFalse();
        assertThat(elsewhere.tryAcquire()).isTrue();
        elsewhere.release();
        d.handle(f -> {});
    }

    @Test
    void aCancelOfOneBehindTheFirstLeavesTheLine() throws Exception {
        DeferredFileLock elsewhere = lockFile.elsewhere();
        DeferredFileLock here = lockFile.lock();
        Deferred<DeferredFileLock> first = here.acquire();
        Deferred<DeferredFileLock> second = here.acquire();
        elsewhere.release();
        second.cancel();
        assertThat(failureOf(second)).isInstanceOf(CancelledException.class);
        clock.advance(INTERVAL);
        assertThat(first.outcome()).isPresent();
        here.release();
        assertThat(here.locked()).isFalse();
    }

    @Test
    void aTimeOutIsDeferUntilLocked() throws Exception {
        DeferredFileLock elsewhere = lockFile.elsewhere();
        DeferredFileLock here = lockFile.lock();
        Deferred<DeferredFileLock> d = here.acquire().addTimeout(Duration.ofMillis(2500), clock);
        clock.advance(Duration.ofMillis(2500));
        assertThat(failureOf(d)).isInstanceOf(TimeoutException.class);
        d.handle(f -> {});
        Deferred<DeferredFileLock> lucky = here.acquire().addTimeout(Duration.ofMillis(2500), clock);
        clock.advance(Duration.ofMillis(2400));
        elsewhere.release();
        clock.advance(Duration.ofMillis(100));
        assertThat(lucky.outcome()).as("the last attempt").contains(new Outcome.Success<>(here));
        here.release();
    }
}
