// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeferredLockTest {
    @RegisterExtension
    final Reports reports = new Reports();

    private final DeferredLock lock = new DeferredLock();
    private final List<String> seen = new ArrayList<>();

    private Deferred<@Nullable Void> acquire(String name) {
        return lock.acquire().consume(held -> seen.add(name));
    }

    @Test
    void isAcquiredAtOnceWhenItIsFree() {
        Deferred<DeferredLock> acquired = lock.acquire();
        assertThat(acquired.outcome()).contains(new Outcome.Success<>(lock));
        assertThat(lock.locked()).isTrue();
        lock.release();
        assertThat(lock.locked()).isFalse();
    }

    @Test
    void isHandedOverFirstComeFirstServed() {
        acquire("a");
        acquire("b");
        acquire("c");
        assertThat(seen).containsExactly("a");
        assertThat(lock.waiting()).isEqualTo(2);
        lock.release();
        assertThat(seen).containsExactly("a", "b");
        assertThat(lock.locked()).isTrue();
        lock.release();
        lock.release();
        assertThat(seen).containsExactly("a", "b", "c");
        assertThat(lock.locked()).isFalse();
    }

    @Test
    void aReleaseWithinAHandOverIsLeftToIt() {
        acquire("a");
        lock.acquire().consume(held -> {
            lock.release();
            seen.add("released by b");
        });
        acquire("c");
        assertThat(lock.hasLeftToOuter()).isFalse();
        lock.release();
        assertThat(seen).containsExactly("a", "released by b", "c");
        assertThat(lock.hasLeftToOuter()).isTrue();
    }

    @Test
    void staysLockedWhenACallbackOfTheHandOverReleasesItAndOthersWait() {
        List<Boolean> locked = new ArrayList<>();
        acquire("holder");
        for (int i = 0; i < 2; i++) {
            lock.acquire().consume(held -> {
                held.release();
                locked.add(held.locked());
            });
        }
        lock.release();
        assertThat(locked).as("one waits, then nobody").containsExactly(true, false);
    }

    @Test
    void aCancelledWaiterIsGone() {
        acquire("a");
        Deferred<?> b = acquire("b");
        acquire("c");
        assertThat(b.cancel()).isEqualTo(Cancellation.CANCELLER_RAN);
        assertThat(failureOf(b)).isInstanceOf(CancelledException.class);
        assertThat(lock.waiting()).isEqualTo(1);
        lock.release();
        assertThat(seen).containsExactly("a", "c");
    }

    @Test
    void aCancelOfOneThatHasTheLockLeavesItLocked() {
        Deferred<DeferredLock> held = lock.acquire();
        assertThat(held.cancel()).isEqualTo(Cancellation.NOTHING_TO_STOP);
        assertThat(lock.locked()).isTrue();
    }

    @Test
    void aTimeOutLeavesTheLine() {
        VirtualClock clock = new VirtualClock();
        acquire("a");
        Deferred<DeferredLock> late = lock.acquire().addTimeout(java.time.Duration.ofSeconds(1), clock);
        clock.advance(java.time.Duration.ofSeconds(1));
        assertThat(failureOf(late)).isInstanceOf(java.util.concurrent.TimeoutException.class);
        assertThat(lock.waiting()).isZero();
        lock.release();
        assertThat(lock.locked()).isFalse();
    }

    @Test
    void releasingWhatNobodyHoldsIsRefusedAndChangesNothing() {
        assertThatThrownBy(lock::release)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("nobody holds");
        acquire("a");
        lock.release();
        assertThatThrownBy(lock::release).isInstanceOf(IllegalStateException.class);
        acquire("b");
        assertThat(seen).containsExactly("a", "b");
        assertThat(lock.locked()).isTrue();
    }

    @Test
    void aReleaseWithinAHandOverRunsTheNextWhenTheFirstHasReturned() {
        acquire("a");
        lock.acquire()
                .tap(held -> {
                    seen.add("b begins");
                    held.release();
                    seen.add("b ends");
                })
                .consume(held -> seen.add("after b"));
        acquire("c");
        lock.release();
        assertThat(seen).containsExactly("a", "b begins", "b ends", "after b", "c");
    }

    @Test
    void nobodyPassesTheLineWhileItIsHandedOver() {
        acquire("a");
        lock.acquire().consume(held -> {
            held.release();
            acquire("late");
        });
        acquire("c");
        lock.release();
        assertThat(seen).containsExactly("a", "c");
        lock.release();
        assertThat(seen).containsExactly("a", "c", "late");
    }

    @Test
    void aWaiterThatItsHolderHasFiredDoesNotSwallowTheLock() {
        acquire("a");
        Deferred<DeferredLock> misused = lock.acquire();
        misused.callback(lock);
        acquire("c");
        lock.release();
        assertThat(seen).containsExactly("a", "c");
    }

    @Test
    void runHoldsItUntilTheDeferredOfTheFunctionHasFired() {
        Deferred<String> work = new Deferred<>();
        Deferred<String> result = lock.run(() -> work);
        acquire("next");
        assertThat(seen).isEmpty();
        work.callback("done");
        assertThat(seen).containsExactly("next");
        assertThat(result.outcome()).contains(new Outcome.Success<>("done"));
    }

    @Test
    void runGivesItBackWhateverHappens() {
        Exception wrong = new Exception("wrong");
        assertThat(failureOf(lock.run(() -> Deferred.fail(wrong)))).isSameAs(wrong);
        assertThat(lock.locked()).isFalse();
        assertThat(failureOf(lock.run(() -> {
                    throw wrong;
                })))
                .isSameAs(wrong);
        assertThat(lock.locked()).isFalse();
        assertThat(failureOf(lock.run(() -> null))).isInstanceOf(NullPointerException.class);
        assertThat(lock.locked()).isFalse();
        Deferred<String> pending = new Deferred<>();
        Deferred<String> running = lock.run(() -> pending);
        running.cancel();
        assertThat(failureOf(running)).isInstanceOf(CancelledException.class);
        assertThat(pending.called())
                .as("the cancel goes to the function's Deferred")
                .isTrue();
        assertThat(lock.locked()).isFalse();
    }

    @Test
    void runReleasesEvenWhenItsOwnDeferredIsReturnedByTheFunction() {
        List<Deferred<String>> self = new ArrayList<>();
        lock.acquire();
        self.add(lock.run(() -> self.get(0)));
        lock.release();
        assertThat(failureOf(self.get(0))).isInstanceOf(IllegalStateException.class);
        assertThat(lock.locked()).isFalse();
    }

    @Test
    void aRunThatIsCancelledInTheLineNeverCallsItsFunction() {
        acquire("a");
        Deferred<String> never = lock.run(() -> {
            seen.add("called");
            return Deferred.succeed("x");
        });
        never.cancel();
        lock.release();
        assertThat(seen).containsExactly("a");
        assertThat(lock.locked()).isFalse();
        assertThat(failureOf(never)).isInstanceOf(CancelledException.class);
    }

    @Test
    void aFunctionThatReleasesTooOftenIsToldSo() {
        Deferred<String> result = lock.run(() -> {
            lock.release();
            return Deferred.succeed("x");
        });
        assertThat(failureOf(result)).isInstanceOf(IllegalStateException.class);
        assertThat(lock.locked()).isFalse();
    }

    @Test
    void showsItsState() {
        assertThat(lock).hasToString("DeferredLock[free, 0 waiting]");
        acquire("a");
        acquire("b");
        assertThat(lock).hasToString("DeferredLock[locked, 1 waiting]");
    }
}
