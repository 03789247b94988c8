// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc;

import static io.deferred.jdbc.Bank.errorOf;
import static io.deferred.jdbc.Bank.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.deferred.CancelledException;
import io.deferred.Deferred;
import io.deferred.Scheduler;
import io.deferred.SystemScheduler;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The end of a pool. */
class CloseTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @RegisterExtension
    final Bank bank = new Bank(1);

    @Test
    void whatWasAcceptedGoesOnAndWhatComesIsRefused() throws Exception {
        ConnectionPool pool = bank.pool();
        Deferred<List<Integer>> runs = pool.runQuery("select gate(1)", row -> row.getInt(1));
        Deferred<List<Integer>> waits = pool.runQuery("select 2", row -> row.getInt(1));
        Gate.awaitReached();
        Deferred<Void> ended = pool.shutDown(LIMIT);
        assertThat(errorOf(pool.runOperation("delete from account")))
                .isInstanceOf(PoolClosedException.class)
                .hasMessage("pool 'bank' is closed, and has refused 'delete from account'");
        assertThat(ended.called()).isFalse();
        Gate.open();
        assertThat(result(runs)).containsExactly(1);
        assertThat(result(waits)).containsExactly(2);
        result(ended);
        assertThat(bank.connectionsInUse()).isZero();
        assertThat(errorOf(pool.runInteraction(tx -> 1))).isInstanceOf(PoolClosedException.class);
    }

    @Test
    void whatIsNotOverAtTheLimitIsCancelled() throws Exception {
        ConnectionPool pool = bank.pool();
        Deferred<List<Long>> runs =
                pool.runQuery("select sum(tick(x)) from system_range(1, 1000000000000)", row -> row.getLong(1));
        Deferred<List<Integer>> waits = pool.runQuery("select 2", row -> row.getInt(1));
        Gate.awaitTick();
        Deferred<Void> ended = pool.shutDown(LIMIT);
        bank.clock.advance(LIMIT.minusNanos(1));
        assertThat(runs.called()).isFalse();
        bank.clock.advance(Duration.ofNanos(1));
        assertThat(errorOf(runs)).isInstanceOf(CancelledException.class);
        assertThat(errorOf(waits)).isInstanceOf(CancelledException.class);
        result(ended);
    }

    @Test
    void aConnectionIsTakenAwayFromAStatementThatHeedsNoCancel() throws Exception {
        ConnectionPool pool = bank.faultyPool();
        Deferred<List<Integer>> runs = pool.runQuery("select gate(1)", row -> row.getInt(1));
        Gate.awaitReached();
        Deferred<Void> ended = pool.shutDown(Duration.ZERO);
        assertThat(errorOf(runs)).isInstanceOf(CancelledException.class);
        bank.clock.advance(Closing.AFTERMATH);
        Bank.awaitTrue(() -> bank.faults.thrownAway.get() == 1);
        assertThat(ended.called()).isFalse();
        Gate.open();
        result(ended);
        assertThat(bank.faults.thrownAway).as("once").hasValue(1);
    }

    @Test
    void whatDoesNotEndAtAllIsNamed() throws Exception {
        ConnectionPool pool = bank.faultyPool();
        Deferred<List<Integer>> runs = pool.runQuery("select gate(?)", row -> row.getInt(1), 4711);
        Gate.awaitReached();
        Deferred<Void> ended = pool.shutDown(Duration.ZERO);
        Deferred<Void> unused = runs.handle(failure -> {});
        bank.clock.advance(Closing.AFTERMATH);
        bank.clock.advance(Closing.AFTERMATH);
        assertThat(errorOf(ended))
                .isInstanceOf(TimeoutException.class)
                .message()
                .contains(
                        "pool 'bank' is closed",
                        "'select gate(?)', PT20S old, cancelled PT20S ago, waits for the statement")
                .doesNotContain("4711");
        assertThat(errorOf(pool.shutDown(LIMIT))).as("later too").isInstanceOf(TimeoutException.class);
        Gate.open();
        Bank.awaitIdle(pool);
        assertThatIllegalStateException()
                .isThrownBy(pool::close)
                .withMessage("pool 'bank' could not be closed in order");
        bank.forget(pool);
    }

    @Test
    void closeWaitsUntilTheThreadsAreGone() throws Exception {
        ConnectionPool pool = bank.pool();
        result(pool.runOperation("delete from account"));
        pool.close();
        Bank.awaitNoThread();
        pool.close();
    }

    @Test
    void onAThreadOfThePoolCloseWouldWaitForItself() throws Exception {
        ConnectionPool pool = bank.pool();
        Deferred<Integer> d = pool.runWithConnection(c -> {
            pool.close();
            return 1;
        });
        assertThat(errorOf(d))
                .isInstanceOf(IllegalStateException.class)
                .message()
                .contains("would wait for itself; call shutDown(limit) there");
        assertThat(result(pool.<Void>runWithConnection(c -> {
                    Deferred<Void> unused = pool.shutDown(LIMIT);
                    return null;
                })))
                .isNull();
        result(pool.shutDown(LIMIT));
    }

    @Test
    void anInterruptEndsTheWaitAndIsKept() throws Exception {
        ConnectionPool pool = bank.pool(bank.options().closeLimit(LIMIT));
        Deferred<List<Integer>> runs = pool.runQuery("select gate(1)", row -> row.getInt(1));
        Gate.awaitReached();
        Thread.currentThread().interrupt();
        pool.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(runs.called()).isFalse();
        Gate.open();
        assertThat(result(runs)).containsExactly(1);
    }

    @Test
    void cancellingTheWaitChangesNothing() throws Exception {
        ConnectionPool pool = bank.pool();
        Deferred<List<Integer>> runs = pool.runQuery("select gate(1)", row -> row.getInt(1));
        Gate.awaitReached();
        Deferred<Void> ended = pool.shutDown(LIMIT);
        ended.cancel();
        assertThat(errorOf(ended)).isInstanceOf(CancelledException.class);
        Gate.open();
        assertThat(result(runs)).containsExactly(1);
        result(pool.shutDown(LIMIT));
    }

    @Test
    void aLimitIsNotNegative() throws Exception {
        ConnectionPool pool = bank.pool();
        assertThatIllegalArgumentException().isThrownBy(() -> pool.shutDown(Duration.ofNanos(-1)));
        assertThat(result(pool.runQuery("select 1", row -> 1))).as("still open").containsExactly(1);
    }

    @Test
    void aDisposalThatBlocksHoldsOnlyItsOwnOperationUp() throws Exception {
        List<String> throwers = new CopyOnWriteArrayList<>();
        CountDownLatch throwing = new CountDownLatch(1);
        CountDownLatch thrown = new CountDownLatch(1);
        ConnectionPool pool = bank.pool(bank.faults, bank.options().throwingAwayBy(connection -> {
            throwers.add(Thread.currentThread().getName());
            throwing.countDown();
            Bank.await(thrown);
            bank.hikari.evictConnection(connection.unwrap(Connection.class));
        }));
        AtomicInteger closes = new AtomicInteger();
        bank.faults.before("close", closes::incrementAndGet); // of statements, too
        Deferred<List<Integer>> runs = pool.runQuery("select gate(1)", row -> row.getInt(1));
        Gate.awaitReached();
        Deferred<Void> ended = pool.shutDown(Duration.ZERO);
        assertThat(errorOf(runs)).isInstanceOf(CancelledException.class);
        Thread time = new Thread(() -> bank.clock.advance(Closing.AFTERMATH), "time");
        time.start();
        Bank.await(throwing);
        Gate.open();
        Bank.awaitTrue(() -> closes.get() > 1 || Bank.isIn("deferred-bank-1", "awaitCancelCalls"));
        assertThat(closes.get())
                .as("the connection is not given back meanwhile")
                .isLessThanOrEqualTo(1);
        thrown.countDown();
        time.join();
        result(ended);
        assertThat(throwers).singleElement().asString().startsWith("deferred-bank-cancel-");
    }

    @Test
    void aConnectionIsTakenAwayAlsoWhileTheDriverHangsInItsCancel() throws Exception {
        ConnectionPool pool = bank.faultyPool();
        CountDownLatch cancelling = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        bank.faults.before("cancel", () -> {
            cancelling.countDown();
            Bank.await(cancelled);
        });
        Deferred<List<Integer>> runs = pool.runQuery("select gate(1)", row -> row.getInt(1));
        Gate.awaitReached();
        Deferred<Void> ended = pool.shutDown(Duration.ZERO);
        assertThat(errorOf(runs)).isInstanceOf(CancelledException.class);
        Bank.await(cancelling);
        bank.clock.advance(Closing.AFTERMATH);
        Bank.awaitTrue(() -> bank.faults.thrownAway.get() == 1);
        cancelled.countDown();
        Gate.open();
        result(ended);
    }

    @Test
    void anErrbackThatTakesItsTimeDelaysNothing() throws Exception {
        ConnectionPool pool = bank.faultyPool();
        Deferred<Void> handled = pool.runQuery("select gate(1)", row -> row.getInt(1))
                .handle(failure -> bank.clock.advance(Closing.AFTERMATH));
        Gate.awaitReached();
        Deferred<Void> ended = pool.shutDown(Duration.ZERO);
        Bank.awaitTrue(() -> bank.faults.thrownAway.get() == 1);
        Gate.open();
        result(ended);
        result(handled);
    }

    @Test
    void aLimitMayBeForEver() throws Exception {
        Duration forEver = Duration.ofSeconds(Long.MAX_VALUE);
        ConnectionPool pool = bank.pool(bank.options().closeLimit(forEver));
        Deferred<List<Integer>> runs = pool.runQuery("select gate(1)", row -> row.getInt(1));
        Gate.awaitReached();
        Deferred<Void> ended = pool.shutDown(forEver);
        Gate.open();
        assertThat(result(runs)).containsExactly(1);
        result(ended);
        pool.close();
    }

    @Test
    void closeWaitsAsLongAsTheLimitThatIsInForce() {
        Closing closing = new Closing(new Slots(1, Runnable::run, () -> {}), bank.clock, Runnable::run, "bank");
        Duration first = closing.limit(Duration.ofHours(1));
        assertThat(closing.limit(Duration.ZERO)).as("the first one stays").isEqualTo(first);
        assertThat(Closing.patience(first)).isGreaterThan(Duration.ofHours(1)).isLessThan(Duration.ofHours(2));
    }

    @Test
    void aSchedulerThatIsClosedBeforeThePoolKeepsItNotFromItsEnd() throws Exception {
        SystemScheduler own = Scheduler.system(ForkJoinPool.commonPool());
        ConnectionPool pool = bank.pool(bank.options().scheduler(own));
        Deferred<List<Long>> runs =
                pool.runQuery("select sum(tick(x)) from system_range(1, 1000000000000)", row -> row.getLong(1));
        Gate.awaitTick();
        own.close();
        Deferred<Void> ended = pool.shutDown(Duration.ZERO);
        assertThat(errorOf(runs)).isInstanceOf(CancelledException.class);
        result(ended);
    }
}
