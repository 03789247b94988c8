// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A wait that fails, and what it leaves to the others. */
class DeferredFileLockFailureTest {
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    @RegisterExtension
    final Reports reports = new Reports();

    @RegisterExtension
    final LockFile lockFile;

    private final Path directory;
    private final VirtualClock clock;
    private final List<Object> seen = new ArrayList<>();

    DeferredFileLockFailureTest(@TempDir Path directory) {
        this.directory = directory;
        lockFile = new LockFile(directory);
        clock = lockFile.clock;
    }

    @Test
    void aMissingDirectoryFailsItAtOnce() {
        DeferredFileLock here = new DeferredFileLock(directory.resolve("none").resolve("lock"), clock);
        Deferred<DeferredFileLock> d = here.acquire();
        assertThat(failureOf(d)).isInstanceOf(NoSuchFileException.class);
        d.handle(f -> {});
        assertThatThrownBy(here::tryAcquire).isInstanceOf(NoSuchFileException.class);
        assertThat(here.waiting()).isZero();
    }

    @Test
    void theTurnOfOneThatFailsGoesToTheNext() throws Exception {
        DeferredFileLock elsewhere = lockFile.elsewhere();
        DeferredFileLock here = lockFile.lock();
        here.acquire().handle(f -> seen.add(f.exception().getClass())).called();
        Deferred<DeferredFileLock> second = here.acquire();
        elsewhere.release();
        Files.delete(lockFile.path);
        Files.createDirectory(lockFile.path);
        clock.advance(INTERVAL);
        assertThat(seen).hasSize(1);
        assertThat(failureOf(second)).isInstanceOf(IOException.class);
        second.handle(f -> {});
        Files.delete(lockFile.path);
        assertThat(here.tryAcquire()).isTrue();
        here.release();
    }

    @Test
    void aSchedulerThatIsClosedFailsIt() throws Exception {
        DeferredFileLock elsewhere = lockFile.elsewhere();
        SystemScheduler closed = Scheduler.system(Runnable::run);
        closed.close();
        DeferredFileLock here = new DeferredFileLock(lockFile.path, closed);
        Deferred<DeferredFileLock> d = here.acquire();
        assertThat(failureOf(d)).isInstanceOf(IllegalStateException.class);
        d.handle(f -> {});
        elsewhere.release();
        assertThat(here.tryAcquire()).as("the turn has gone back").isTrue();
        here.release();
    }

    @Test
    void whoFailsWhatItWaitsForEndsTheWait() throws Exception {
        DeferredFileLock elsewhere = lockFile.elsewhere();
        DeferredFileLock here = lockFile.lock();
        Deferred<DeferredFileLock> d = here.acquire();
        d.waitingFor().orElseThrow().errback(new IOException("meddled"));
        assertThat(failureOf(d)).hasMessage("meddled");
        assertThat(clock.delayedCalls()).isEmpty();
        assertThat(here.waiting()).isZero();
        elsewhere.release();
        assertThat(here.tryAcquire()).as("the turn has gone back").isTrue();
        here.release();
        d.handle(f -> {});
    }

    @Test
    @SuppressWarnings("unchecked") // whoever does this is on their own
    void whoFiresWhatItWaitsForDoesNotKeepTheFileFromOthers() throws Exception {
        DeferredFileLock elsewhere = lockFile.elsewhere();
        DeferredFileLock here = lockFile.lock();
        Deferred<DeferredFileLock> d = here.acquire();
        ((Deferred<DeferredFileLock>) d.waitingFor().orElseThrow()).callback(here);
        assertThat(d.outcome()).isPresent();
        elsewhere.release();
        clock.advance(INTERVAL);
        assertThat(here.locked()).isFalse();
        assertThat(elsewhere.tryAcquire()).isTrue();
        elsewhere.release();
        assertThat(here.tryAcquire()).isTrue();
        here.release();
    }
}
