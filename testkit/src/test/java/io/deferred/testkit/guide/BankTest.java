// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit.guide;

import static io.deferred.testkit.DeferredTesting.assertNoResult;
import static io.deferred.testkit.DeferredTesting.cancelEverywhere;
import static io.deferred.testkit.DeferredTesting.exactlyOnce;
import static io.deferred.testkit.DeferredTesting.failureResultOf;
import static io.deferred.testkit.DeferredTesting.flushUnhandled;
import static io.deferred.testkit.DeferredTesting.newExecutor;
import static io.deferred.testkit.DeferredTesting.successResultOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.Deferred;
import io.deferred.VirtualClock;
import io.deferred.testkit.DeferredExtension;
import io.deferred.testkit.DeferredTest;
import io.deferred.testkit.DeferredTesting;
import io.deferred.testkit.Schedules;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(DeferredExtension.class)
class BankTest {
    private final Bank bank = new Bank(DeferredTesting.clock(), newExecutor(), () -> {});

    @DeferredTest
    Deferred<?> aTransferArrives() {
        return bank.transfer("Ada", "Bob", 30)
                .tap(balance -> assertThat(balance).isEqualTo(30));
    }

    @Test
    void aTransferTakesASecond(VirtualClock clock) {
        Deferred<Integer> transfer = bank.transfer("Ada", "Bob", 30);
        assertNoResult(transfer);
        clock.advance(Duration.ofSeconds(1));
        assertThat(successResultOf(transfer)).isEqualTo(30);
    }

    @Test
    void theSecondOneInTheLineIsTooLate(VirtualClock clock) {
        Executor busy = task -> clock.callLater(Duration.ofSeconds(5), task);
        Bank slow = new Bank(clock, busy, () -> {});
        Deferred<Integer> transfer = slow.transfer("Ada", "Bob", 30);
        clock.advance(Bank.LIMIT);
        failureResultOf(transfer, TimeoutException.class);
        clock.advance(Duration.ofSeconds(5));
        assertThat(slow.balance("Ada")).isEqualTo(100);
    }

    @Test
    void aRefusedTransferThatNobodyLooksAtIsAnUnhandledFailure(VirtualClock clock) {
        var unused = bank.transfer("Bob", "Ada", 1_000_000);
        clock.advance(Duration.ofSeconds(1));
        assertThat(flushUnhandled(IllegalStateException.class)).hasSize(1);
    }

    @Schedules(50)
    void noMoneyIsLostInAnyOrder(VirtualClock clock) {
        Deferred<Integer> there = bank.transfer("Ada", "Bob", 30);
        Deferred<Integer> back = bank.transfer("Bob", "Ada", 10);
        clock.advance(Duration.ofSeconds(5));
        there.handle(tooLate -> {});
        back.handle(tooLate -> {});
        assertThat(bank.balance("Ada") + bank.balance("Bob")).isEqualTo(100);
    }

    @Test
    void whereverItIsCancelledTheBookIsClosed(VirtualClock clock) throws Exception {
        int points = cancelEverywhere(() -> {
            Bank fresh = new Bank(clock, newExecutor(), exactlyOnce("close the book"));
            return fresh.transfer("Ada", "Bob", 30);
        });
        assertThat(points).as("the customer's second, and the writing").isEqualTo(2);
    }
}
