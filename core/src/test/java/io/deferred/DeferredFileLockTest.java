// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** "Here" is one object, "elsewhere" another one for the same file, which might as well be in another process. */
class DeferredFileLockTest {
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final int ROUNDS = 300;

    @RegisterExtension
    final Reports reports = new Reports();

    @TempDir
    Path directory;

    private final VirtualClock clock = new VirtualClock();
    private final List<Object> seen = new ArrayList<>();

    private Path file() {
        return directory.resolve("lock");
    }

    private DeferredFileLock lock() {
        return new DeferredFileLock(file(), clock);
    }

    /** One that is held elsewhere. */
    private DeferredFileLock elsewhere() throws IOException {
        DeferredFileLock elsewhere = lock();
        assertThat(elsewhere.tryAcquire()).isTrue();
        return elsewhere;
    }

    @AfterEach
    void noCallIsLeftBehind() {
        assertThat(clock.delayedCalls()).isEmpty();
    }

    // ---- one object

    @Test
    void aFreeFileIsLockedAtOnce() {
        DeferredFileLock here = lock();
        Deferred<DeferredFileLock> d = here.acquire();
        assertThat(d.outcome()).contains(new Outcome.Success<>(here));
        assertThat(here.locked()).isTrue();
        assertThat(here.waiting()).isZero();
        here.release();
        assertThat(here.locked()).isFalse();
        assertThat(file()).as("is left in place").exists();
    }

    @Test
    void itCanBeUsedAgain() {
        DeferredFileLock here = lock();
        for (int i = 0; i < 3; i++) {
            assertThat(here.acquire().called()).isTrue();
            here.release();
        }
    }

    @Test
    void thoseWhoWaitHereGetItInTurn() {
        DeferredFileLock here = lock();
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
        DeferredFileLock here = lock();
        assertThat(here.tryAcquire()).isTrue();
        assertThat(here.tryAcquire()).isFalse();
        here.release();
        assertThat(here.tryAcquire()).isTrue();
        here.release();
    }

    @Test
    void tryAcquireDoesNotPassTheLine() throws Exception {
        DeferredFileLock elsewhere = elsewhere();
        DeferredFileLock here = lock();
        Deferred<DeferredFileLock> first = here.acquire();
        elsewhere.release();
        assertThat(here.tryAcquire()).isFalse();
        clock.advance(INTERVAL);
        assertThat(first.outcome()).isPresent();
        here.release();
    }

    @Test
    void whoComesAfterATryThatSucceededStandsInTheLine() throws Exception {
        DeferredFileLock here = lock();
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
        DeferredFileLock elsewhere = elsewhere();
        DeferredFileLock here = lock();
        assertThatIllegalStateException()
                .isThrownBy(here::release)
                .withMessageContaining(file().toString())
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
                .isThrownBy(() -> new DeferredFileLock(file(), clock, Duration.ZERO))
                .withMessageContaining("PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeferredFileLock(file(), clock, Duration.ofSeconds(-1)));
    }

    @Test
    void saysWhoHasItAndHowManyWait() throws Exception {
        DeferredFileLock elsewhere = elsewhere();
        DeferredFileLock here = lock();
        assertThat(elsewhere).hasToString("DeferredFileLock[" + file() + ", locked, 0 waiting]");
        Deferred<DeferredFileLock> d = here.acquire();
        assertThat(here).hasToString("DeferredFileLock[" + file() + ", not held here, 1 waiting]");
        elsewhere.release();
        clock.advance(INTERVAL);
        assertThat(d.outcome()).isPresent();
        here.release();
    }

    // ---- two objects in one JVM

    @Test
    void twoObjectsForOneFileExcludeEachOther() throws Exception {
        DeferredFileLock elsewhere = elsewhere();
        DeferredFileLock here = lock();
        assertThat(here.tryAcquire()).isFalse();
        elsewhere.release();
        assertThat(here.tryAcquire()).isTrue();
        assertThat(elsewhere.tryAcquire()).isFalse();
        here.release();
    }

    @Test
    void itIsTriedForEachSecond() throws Exception {
        DeferredFileLock elsewhere = elsewhere();
        DeferredFileLock here = lock();
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
        DeferredFileLock elsewhere = elsewhere();
        DeferredFileLock here = new DeferredFileLock(file(), clock, Duration.ofMillis(10));
        Deferred<DeferredFileLock> d = here.acquire();
        elsewhere.release();
        clock.advance(Duration.ofMillis(10));
        assertThat(d.outcome()).isPresent();
        here.release();
    }

    @Test
    void onlyTheFirstInTheLineTries() throws Exception {
        DeferredFileLock elsewhere = elsewhere();
        DeferredFileLock here = lock();
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
        DeferredFileLock elsewhere = elsewhere();
        Files.move(file(), directory.resolve("moved"));
        DeferredFileLock here = lock();
        assertThat(here.tryAcquire()).isTrue();
        here.release();
        elsewhere.release();
    }

    @Test
    void aLinkLeadsToTheSameLock() throws Exception {
        DeferredFileLock elsewhere = elsewhere();
        Path symbolic = Files.createSymbolicLink(directory.resolve("symbolic"), file());
        Path hard = Files.createLink(directory.resolve("hard"), file());
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
        Files.createFile(file());
        DeferredFileLock here = lock();
        Deferred<DeferredFileLock> d;
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE);
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

    // ---- two processes

    private String otherProcessSays() throws Exception {
        LockingJvm other = new LockingJvm(file());
        other.end();
        return other.said;
    }

    @Test
    void aLockOfAnotherProcessIsWaitedFor() throws Exception {
        Files.createFile(file());
        LockingJvm other = new LockingJvm(file());
        DeferredFileLock here = lock();
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
        DeferredFileLock here = lock();
        assertThat(here.tryAcquire()).isTrue();
        assertThat(lock().tryAcquire()).isFalse();
        assertThat(otherProcessSays())
                .as("the lock has outlived the attempt of the other object")
                .isEqualTo("not free");
        here.release();
        assertThat(otherProcessSays()).isEqualTo("locked");
    }

    // ---- failures

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
        DeferredFileLock elsewhere = elsewhere();
        DeferredFileLock here = lock();
        here.acquire().handle(f -> seen.add(f.exception().getClass())).called();
        Deferred<DeferredFileLock> second = here.acquire();
        elsewhere.release();
        Files.delete(file());
        Files.createDirectory(file());
        clock.advance(INTERVAL);
        assertThat(seen).hasSize(1);
        assertThat(failureOf(second)).isInstanceOf(IOException.class);
        second.handle(f -> {});
        Files.delete(file());
        assertThat(here.tryAcquire()).isTrue();
        here.release();
    }

    @Test
    void aSchedulerThatIsClosedFailsIt() throws Exception {
        DeferredFileLock elsewhere = elsewhere();
        SystemScheduler closed = Scheduler.system(Runnable::run);
        closed.close();
        DeferredFileLock here = new DeferredFileLock(file(), closed);
        Deferred<DeferredFileLock> d = here.acquire();
        assertThat(failureOf(d)).isInstanceOf(IllegalStateException.class);
        d.handle(f -> {});
        elsewhere.release();
        assertThat(here.tryAcquire()).as("the turn has gone back").isTrue();
        here.release();
    }

    @Test
    void anInterruptedThreadGetsTheLockToo() throws Exception {
        DeferredFileLock here = lock();
        Thread.currentThread().interrupt();
        try {
            assertThat(here.tryAcquire()).isTrue();
            here.release();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    // ---- cancelling

    @Test
    void aCancelMakesALastAttempt() throws Exception {
        DeferredFileLock elsewhere = elsewhere();
        DeferredFileLock here = lock();
        Deferred<DeferredFileLock> d = here.acquire();
        elsewhere.release();
        assertThat(d.cancel()).isEqualTo(Cancellation.PASSED_ON);
        assertThat(d.outcome()).contains(new Outcome.Success<>(here));
        assertThat(here.locked()).isTrue();
        here.release();
    }

    @Test
    void aCancelWhoseLastAttemptFailsEndsTheWait() throws Exception {
        DeferredFileLock elsewhere = elsewhere();
        DeferredFileLock here = lock();
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
        DeferredFileLock elsewhere = elsewhere();
        Deferred<DeferredFileLock> d = lock().acquire();
        elsewhere.release();
        Files.delete(file());
        Files.createDirectory(file());
        d.cancel();
        assertThat(failureOf(d)).isInstanceOf(CancelledException.class);
        assertThat(failureOf(d).getSuppressed()).hasSize(1).hasOnlyElementsOfType(IOException.class);
        d.handle(f -> {});
    }

    @Test
    void aLastAttemptThatSucceedsLeavesNoCallToTheCallbacks() throws Exception {
        DeferredFileLock elsewhere = elsewhere();
        DeferredFileLock here = lock();
        Deferred<DeferredFileLock> d = here.acquire();
        d.tap(l -> seen.add(clock.delayedCalls().size()));
        elsewhere.release();
        d.cancel();
        assertThat(seen).containsExactly(0);
        here.release();
    }

    @Test
    void aCancelWhileTheNextAttemptIsBeingArmedTakesItBack() throws Exception {
        DeferredFileLock elsewhere = elsewhere();
        DisturbedScheduler disturbed = new DisturbedScheduler();
        DeferredFileLock here = new DeferredFileLock(file(), disturbed);
        Deferred<DeferredFileLock> d = here.acquire();
        disturbed.whileArming(d::cancel);
        disturbed.clock.advance(INTERVAL);
        assertThat(failureOf(d)).isInstanceOf(CancelledException.class);
        assertThat(disturbed.delayedCalls()).isEmpty();
        elsewhere.release();
        d.handle(f -> {});
    }

    @Test
    void anAttemptThatIsMadeDuringTheLastOneLeavesNoCallBehind() throws Exception {
        DeferredFileLock elsewhere = elsewhere();
        DisturbedScheduler disturbed = new DisturbedScheduler();
        DeferredFileLock here = new DeferredFileLock(file(), disturbed);
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
        DeferredFileLock elsewhere = elsewhere();
        DisturbedScheduler disturbed = new DisturbedScheduler();
        DeferredFileLock here = new DeferredFileLock(file(), disturbed);
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
    void whoFailsWhatItWaitsForEndsTheWait() throws Exception {
        DeferredFileLock elsewhere = elsewhere();
        DeferredFileLock here = lock();
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
        DeferredFileLock elsewhere = elsewhere();
        DeferredFileLock here = lock();
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

    @Test
    void aCancelOfOneBehindTheFirstLeavesTheLine() throws Exception {
        DeferredFileLock elsewhere = elsewhere();
        DeferredFileLock here = lock();
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
        DeferredFileLock elsewhere = elsewhere();
        DeferredFileLock here = lock();
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

    // ---- run

    @Test
    void runGivesTheLockBackWhateverHappens() {
        DeferredFileLock here = lock();
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
        DeferredFileLock here = lock();
        Deferred<String> d = here.run(() -> new Deferred<String>());
        d.cancel();
        assertThat(failureOf(d)).isInstanceOf(CancelledException.class);
        assertThat(here.locked()).isFalse();
    }

    // ---- threads

    /** Two objects on two threads that take turns, and cancels in between: never both, and nothing is left behind. */
    @Test
    void oneAtATimeWhateverTheThreadsDo() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        SystemScheduler scheduler = Scheduler.system(Runnable::run);
        List<DeferredFileLock> locks = new ArrayList<>();
        List<Deferred<?>> ends = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            locks.add(new DeferredFileLock(file(), scheduler, Duration.ofNanos(100_000)));
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
