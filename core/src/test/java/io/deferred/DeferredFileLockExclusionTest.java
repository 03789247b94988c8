// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Several objects for one file, in one process or in two: one at a time has it. */
class DeferredFileLockExclusionTest {
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final int ROUNDS = 300;

    @RegisterExtension
    final Reports reports = new Reports();

    @RegisterExtension
    final LockFile lockFile;

    private final Path directory;
    private final VirtualClock clock;
    private final List<Object> seen = new ArrayList<>();

    DeferredFileLockExclusionTest(@TempDir Path directory) {
        this.directory = directory;
        lockFile = new LockFile(directory);
        clock = lockFile.clock;
    }

    @Test
    void twoObjectsForOneFileExcludeEachOther() throws Exception {
        DeferredFileLock elsewhere = lockFile.elsewhere();
        DeferredFileLock here = lockFile.lock();
        assertThat(here.tryAcquire()).isFalse();
        elsewhere.release();
        assertThat(here.tryAcquire()).isTrue();
        assertThat(elsewhere.tryAcquire()).isFalse();
        here.release();
    }

    @Test
    void itIsTriedForEachSecond() throws Exception {
        DeferredFileLock elsewhere = lockFile.elsewhere();
        DeferredFileLock here = lockFile.lock();
        Deferred<DeferredFileLock> d = here.acquire();
        clock.advance(Duration.ofSeconds(10));
        assertThat(d.outcome()).isEmpty();
        assertThat(here.waiting()).isEqualTo(1);
        assertThat(clock.delayedCalls()).hasSize(1);
        elsewhere.release();
        assertThat(d.outcome()).isEmpty();
        clock.advance(Duration.ofMillis(999));
        assertThat(d.outcome()).isEmpty();
        clock.advance(Duration.ofMillis(1));
        assertThat(d.outcome()).isPresent();
        assertThat(here.waiting()).isZero();
        here.release();
    }

    @Test
    void theIntervalIsTheUsers() throws Exception {
        DeferredFileLock elsewhere = lockFile.elsewhere();
        DeferredFileLock here = new DeferredFileLock(lockFile.path, clock, Duration.ofMillis(10));
        Deferred<DeferredFileLock> d = here.acquire();
        elsewhere.release();
        clock.advance(Duration.ofMillis(10));
        assertThat(d.outcome()).isPresent();
        here.release();
    }

    @Test
    void onlyTheFirstInTheLineTries() throws Exception {
        DeferredFileLock elsewhere = lockFile.elsewhere();
        DeferredFileLock here = lockFile.lock();
        here.acquire().consume(l -> seen.add(1)).called();
        here.acquire().consume(l -> seen.add(2)).called();
        assertThat(here.waiting()).isEqualTo(2);
        assertThat(clock.delayedCalls()).hasSize(1);
        elsewhere.release();
        clock.advance(INTERVAL);
        assertThat(seen).containsExactly(1);
        here.release();
        assertThat(seen).containsExactly(1, 2);
        here.release();
    }

    @Test
    void anotherFileUnderTheSameNameHasALockOfItsOwn() throws Exception {
        DeferredFileLock elsewhere = lockFile.elsewhere();
        Files.move(lockFile.path, directory.resolve("moved"));
        DeferredFileLock here = lockFile.lock();
        assertThat(here.tryAcquire()).isTrue();
        here.release();
        elsewhere.release();
    }

    @Test
    void aLinkLeadsToTheSameLock() throws Exception {
        DeferredFileLock elsewhere = lockFile.elsewhere();
        Path symbolic = Files.createSymbolicLink(directory.resolve("symbolic"), lockFile.path);
        Path hard = Files.createLink(directory.resolve("hard"), lockFile.path);
        DeferredFileLock bySymbolic = new DeferredFileLock(symbolic, clock);
        DeferredFileLock byHard = new DeferredFileLock(hard, clock);
        assertThat(bySymbolic.tryAcquire()).isFalse();
        assertThat(byHard.tryAcquire()).isFalse();
        assertThat(otherProcessSays()).as("the lock has outlived the attempts").isEqualTo("not free");
        elsewhere.release();
        assertThat(byHard.tryAcquire()).isTrue();
        byHard.release();
    }

    @Test
    void otherCodeOfThisJvmThatHoldsTheFileIsWaitedFor() throws Exception {
        Files.createFile(lockFile.path);
        DeferredFileLock here = lockFile.lock();
        Deferred<DeferredFileLock> d;
        try (FileChannel channel = FileChannel.open(lockFile.path, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            assertThat(held.isValid()).isTrue();
            d = here.acquire();
            assertThat(d.outcome()).isEmpty();
            assertThat(otherProcessSays())
                    .as("the other code's lock has outlived our attempt")
                    .isEqualTo("not free");
        }
        clock.advance(INTERVAL);
        assertThat(d.outcome()).isPresent();
        here.release();
        assertThat(otherProcessSays()).isEqualTo("locked");
    }

    private String otherProcessSays() throws Exception {
        LockingJvm other = new LockingJvm(lockFile.path);
        other.end();
        return other.said;
    }

    @Test
    void aLockOfAnotherProcessIsWaitedFor() throws Exception {
        Files.createFile(lockFile.path);
        LockingJvm other = new LockingJvm(lockFile.path);
        DeferredFileLock here = lockFile.lock();
        Deferred<DeferredFileLock> d;
        try {
            assertThat(other.said).isEqualTo("locked");
            assertThat(here.tryAcquire()).isFalse();
            d = here.acquire();
            clock.advance(Duration.ofSeconds(3));
            assertThat(d.outcome()).isEmpty();
        } finally {
            other.end();
        }
        clock.advance(INTERVAL);
        assertThat(d.outcome()).isPresent();
        here.release();
    }

    @Test
    void anotherProcessSeesTheLock() throws Exception {
        DeferredFileLock here = lockFile.lock();
        assertThat(here.tryAcquire()).isTrue();
        assertThat(lockFile.lock().tryAcquire()).isFalse();
        assertThat(otherProcessSays())
                .as("the lock has outlived the attempt of the other object")
                .isEqualTo("not free");
        here.release();
        assertThat(otherProcessSays()).isEqualTo("locked");
    }

    /** Two objects on two threads that take turns, and cancels in between: never both, and nothing is left behind. */
    @Test
    void oneAtATimeWhateverTheThreadsDo() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        SystemScheduler scheduler = Scheduler.system(Runnable::run);
        List<DeferredFileLock> locks = new ArrayList<>();
        List<Deferred<?>> ends = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            locks.add(new DeferredFileLock(lockFile.path, scheduler, Duration.ofNanos(100_000)));
        }
        Worker worker = new Worker();
        try {
            for (int i = 0; i < ROUNDS; i++) {
                Deferred<String> d = locks.get(i % locks.size()).run(() -> {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    return Deferred.deferToThread(worker, () -> "done").tapBoth(outcome -> inside.decrementAndGet());
                });
                ends.add(d);
                if (i % 3 == 0) {
                    ends.get(i / 2).cancel();
                }
            }
            for (Deferred<?> end : ends) {
                end.addErrback(CancelledException.class, e -> null).get(Duration.ofMinutes(1));
            }
            assertThat(most).hasValue(1);
            assertThat(locks).noneMatch(DeferredFileLock::locked).allMatch(l -> l.waiting() == 0);
            assertThat(scheduler.delayedCalls()).isEmpty();
        } finally {
            worker.end();
            scheduler.close();
        }
        assertThat(reports.now()).isEmpty();
    }
}
