// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc;

import static io.deferred.jdbc.Bank.errorOf;
import static io.deferred.jdbc.Bank.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.Cancellation;
import io.deferred.CancelledException;
import io.deferred.Debugging;
import io.deferred.Deferred;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a cancel does, in each state of an operation. */
class CancelTest {
    /** It takes hours, and looks for a cancel between rows. */
    private static final String ENDLESS = "select sum(tick(x)) from system_range(1, 1000000000000)";

    @RegisterExtension
    final Bank bank = new Bank(1);

    private static <T> Deferred<T> cancelled(Deferred<T> deferred) {
        assertThat(deferred.cancel()).isEqualTo(Cancellation.CANCELLER_RAN);
        assertThat(deferred.called()).as("at once").isTrue();
        return deferred;
    }

    @Test
    void oneThatWaitsForAConnectionNeverGetsOne() throws Exception {
        ConnectionPool pool = bank.pool();
        Deferred<List<Integer>> first = pool.runQuery("select gate(1)", row -> row.getInt(1));
        Deferred<Integer> second = pool.runOperation("update account set balance = 0");
        Deferred<List<Integer>> third = pool.runQuery("select 3", row -> row.getInt(1));
        Gate.awaitReached();
        assertThat(errorOf(cancelled(second)))
                .isInstanceOf(CancelledException.class)
                .hasMessage("'update account set balance = 0' was cancelled");
        assertThat(pool.underWay()).extracting(UnderWay::what).containsExactly("select gate(1)", "select 3");
        Gate.open();
        assertThat(result(first)).containsExactly(1);
        assertThat(result(third)).containsExactly(3);
        assertThat(bank.balanceOf("ann")).isEqualTo(100);
    }

    @Test
    void oneThatTheDataSourceKeepsWaitingGivesTheConnectionBackUnused() throws Exception {
        ConnectionPool pool = bank.faultyPool();
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch given = new CountDownLatch(1);
        bank.faults.before("getConnection", () -> {
            asked.countDown();
            Bank.await(given);
        });
        AtomicInteger calls = new AtomicInteger();
        Deferred<Integer> d = pool.runWithConnection(c -> calls.incrementAndGet());
        Bank.await(asked);
        assertThat(errorOf(cancelled(d))).isInstanceOf(CancelledException.class);
        assertThat(pool.underWay())
                .extracting(UnderWay::waitsFor)
                .singleElement()
                .asString()
                .startsWith("a connection, which the data source is asked for, on thread deferred-bank-");
        given.countDown();
        Bank.awaitIdle(pool);
        assertThat(calls).hasValue(0);
        assertThat(bank.connectionsInUse()).isZero();
    }

    @Test
    void aStatementThatRunsIsCancelledByTheDriver() throws Exception {
        ConnectionPool pool = bank.pool();
        Deferred<List<Long>> d = pool.runQuery(ENDLESS, row -> row.getLong(1));
        Gate.awaitTick();
        assertThat(errorOf(cancelled(d))).isInstanceOf(CancelledException.class);
        Bank.awaitIdle(pool);
        assertThat(bank.connectionsInUse()).isZero();
        assertThat(result(pool.runQuery("select 1", row -> row.getInt(1)))).containsExactly(1);
    }

    @Test
    void theConnectionComesBackWhenTheStatementHasReallyEnded() throws Exception {
        ConnectionPool pool = bank.pool();
        Deferred<List<Integer>> d = pool.runQuery("select gate(1)", row -> row.getInt(1));
        Gate.awaitReached();
        assertThat(errorOf(cancelled(d))).isInstanceOf(CancelledException.class);
        bank.clock.advance(Duration.ofMinutes(1));
        assertThat(bank.connectionsInUse()).isEqualTo(1);
        assertThat(pool.underWay()).singleElement().satisfies(one -> {
            assertThat(one.cancelled()).contains(Duration.ofMinutes(1));
            assertThat(one.waitsFor()).startsWith("the statement 'select gate(1)', on thread deferred-bank-");
        });
        Deferred<List<Integer>> next = pool.runQuery("select 2", row -> row.getInt(1));
        Gate.open();
        assertThat(result(next)).containsExactly(2);
    }

    @Test
    void theDriverIsAskedAgainAndAgainUntilTheStatementEnds() throws Exception {
        ConnectionPool pool = bank.faultyPool();
        CountDownLatch asked = new CountDownLatch(5);
        bank.faults.before("cancel", () -> {
            asked.countDown();
            throw new SQLException("cannot cancel");
        });
        Deferred<List<Integer>> d = pool.runQuery("select gate(1)", row -> row.getInt(1));
        Gate.awaitReached();
        assertThat(errorOf(cancelled(d))).isInstanceOf(CancelledException.class);
        for (int i = 0; i < 4; i++) {
            Bank.awaitTrue(() -> !bank.clock.delayedCalls().isEmpty());
            bank.clock.advance(Duration.ofSeconds(5));
        }
        Bank.await(asked);
        Gate.open();
        Bank.awaitIdle(pool);
        Bank.awaitTrue(() -> bank.clock.delayedCalls().isEmpty());
    }

    @Test
    void aCancelThatComesJustBeforeTheStatementHasBegunIsNotLost() throws Exception {
        ConnectionPool pool = bank.faultyPool();
        AtomicReference<Deferred<List<Long>>> d = new AtomicReference<>();
        CountDownLatch made = new CountDownLatch(1);
        CountDownLatch tried = new CountDownLatch(1);
        bank.faults.before("cancel", () -> {}); // H2 does nothing for a statement that has not begun
        bank.faults.before("executeQuery", () -> {
            Bank.await(made);
            d.get().cancel();
            Bank.awaitTrue(() -> !bank.clock.delayedCalls().isEmpty()); // the driver has been asked, in vain
            tried.countDown();
        });
        d.set(pool.runQuery(ENDLESS, row -> row.getLong(1)));
        made.countDown();
        assertThat(errorOf(d.get())).isInstanceOf(CancelledException.class);
        Bank.await(tried);
        Gate.awaitTick();
        bank.clock.advance(Duration.ofMillis(50));
        Bank.awaitIdle(pool);
    }

    @Test
    void noConnectionIsGivenBackWhileItsStatementIsBeingCancelled() throws Exception {
        ConnectionPool pool = bank.faultyPool();
        CountDownLatch cancelling = new CountDownLatch(1);
        CountDownLatch cancelledNow = new CountDownLatch(1);
        AtomicInteger rollbacks = new AtomicInteger();
        bank.faults.before("cancel", () -> {
            cancelling.countDown();
            Bank.await(cancelledNow);
        });
        bank.faults.before("rollback", rollbacks::incrementAndGet);
        Deferred<List<Integer>> d = pool.runInteraction(tx -> tx.query("select gate(1)", row -> row.getInt(1)));
        Gate.awaitReached();
        assertThat(errorOf(cancelled(d))).isInstanceOf(CancelledException.class);
        Bank.await(cancelling);
        Gate.open();
        Bank.awaitTrue(() -> Bank.isIn("deferred-bank-1", "awaitCancelCalls"));
        assertThat(rollbacks).hasValue(0);
        assertThat(bank.connectionsInUse()).isEqualTo(1);
        cancelledNow.countDown();
        Bank.awaitIdle(pool);
        assertThat(rollbacks).hasValue(1);
    }

    @Test
    void aConnectionWhoseStatementWasCancelledMustAnswerBeforeItIsUsedAgain() throws Exception {
        ConnectionPool pool = bank.faultyPool();
        bank.faults.before("isValid", Faults.thrown("no answer", "XX000"));
        Deferred<List<Long>> d = pool.runQuery(ENDLESS, row -> row.getLong(1));
        Gate.awaitTick();
        assertThat(errorOf(cancelled(d))).isInstanceOf(CancelledException.class);
        Bank.awaitIdle(pool);
        assertThat(bank.faults.thrownAway).hasValue(1);
    }

    @Test
    void aFunctionThatGoesOnIsStoppedAtItsNextStatement() throws Exception {
        ConnectionPool pool = bank.pool();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        AtomicReference<Throwable> met = new AtomicReference<>();
        Deferred<String> d = pool.runInteraction(tx -> {
            tx.execute("update account set balance = 0");
            begun.countDown();
            Bank.await(cancelled);
            try {
                tx.execute("update account set balance = 1");
            } catch (CancelledException e) {
                met.set(e);
            }
            return "goes on to return";
        });
        Bank.await(begun);
        assertThat(errorOf(cancelled(d))).isInstanceOf(CancelledException.class);
        cancelled.countDown();
        Bank.awaitIdle(pool);
        assertThat(met.get()).hasMessage("the operation was cancelled");
        assertThat(bank.balanceOf("ann")).as("rolled back").isEqualTo(100);
    }

    @Test
    void whatWasCancelledIsNeverCommitted() throws Exception {
        ConnectionPool pool = bank.pool();
        Deferred<Integer> d = pool.runOperation("update account set balance = gate(0)");
        Gate.awaitReached();
        assertThat(errorOf(cancelled(d))).isInstanceOf(CancelledException.class);
        Gate.open();
        Bank.awaitIdle(pool);
        assertThat(bank.balanceOf("ann")).isEqualTo(100);
    }

    @Test
    void aCancelThatMeetsTheCommitLeavesTheOutcomeUnknown() throws Exception {
        ConnectionPool pool = bank.faultyPool();
        CountDownLatch committing = new CountDownLatch(1);
        CountDownLatch committed = new CountDownLatch(1);
        bank.faults.before("commit", () -> {
            committing.countDown();
            Bank.await(committed);
        });
        Deferred<Integer> d = pool.runOperation("update account set balance = 7");
        Bank.await(committing);
        assertThat(pool.underWay())
                .extracting(UnderWay::waitsFor)
                .singleElement()
                .asString()
                .startsWith("its commit, on thread deferred-bank-");
        assertThat(errorOf(cancelled(d)))
                .isInstanceOf(OutcomeUnknownException.class)
                .hasCauseInstanceOf(CancelledException.class);
        committed.countDown();
        Bank.awaitIdle(pool);
        assertThat(bank.balanceOf("ann")).isEqualTo(7);
    }

    @Test
    void aCancelThatComesAfterTheCommitChangesNothing() throws Exception {
        ConnectionPool pool = bank.faultyPool();
        CountDownLatch closing = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        bank.faults.before("close", () -> {
            closing.countDown();
            Bank.await(closed);
        });
        Deferred<Integer> d = pool.runInteraction(tx -> 42);
        Bank.await(closing);
        assertThat(pool.underWay())
                .extracting(UnderWay::waitsFor)
                .singleElement()
                .asString()
                .startsWith("the data source, which its connection is given back to, on thread deferred-bank-");
        cancelled(d);
        assertThat(result(d)).isEqualTo(42);
        closed.countDown();
        Bank.awaitIdle(pool);
    }

    @Test
    void aTimeOutIsACancel() throws Exception {
        ConnectionPool pool = bank.pool();
        Deferred<List<Long>> d =
                pool.runQuery(ENDLESS, row -> row.getLong(1)).addTimeout(Duration.ofSeconds(2), bank.clock);
        Gate.awaitTick();
        bank.clock.advance(Duration.ofSeconds(2));
        assertThat(errorOf(d))
                .isInstanceOf(TimeoutException.class)
                .hasMessage("'" + ENDLESS + "' timed out after PT2S");
        Bank.awaitIdle(pool);
    }

    @Test
    void theStatementsOfALentConnectionAreCancelledToo() throws Exception {
        ConnectionPool pool = bank.pool();
        Deferred<Boolean> d = pool.runWithConnection(c -> {
            for (int i = 0; i < 100; i++) {
                c.createStatement().close();
            }
            try (PreparedStatement statement = c.prepareStatement(ENDLESS)) {
                return statement.execute();
            }
        });
        Gate.awaitTick();
        assertThat(errorOf(cancelled(d))).isInstanceOf(CancelledException.class);
        Bank.awaitIdle(pool);
    }

    @Test
    void rowsAreNotReadAnyFurther() throws Exception {
        ConnectionPool pool = bank.pool();
        CountDownLatch mapping = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        AtomicInteger mapped = new AtomicInteger();
        Deferred<List<Integer>> d = pool.runQuery("select x from system_range(1, 1000)", row -> {
            mapping.countDown();
            Bank.await(cancelled);
            return mapped.incrementAndGet();
        });
        Bank.await(mapping);
        assertThat(errorOf(cancelled(d))).isInstanceOf(CancelledException.class);
        cancelled.countDown();
        Bank.awaitIdle(pool);
        assertThat(mapped).hasValue(1);
    }

    @Test
    void aMillionThatAreCancelledInTheLineLeaveNothingBehind() throws Exception {
        Debugging.off(); // the kit has switched it on
        ConnectionPool pool = bank.pool();
        Deferred<List<Integer>> first = pool.runQuery("select gate(1)", row -> row.getInt(1));
        Gate.awaitReached();
        for (int i = 0; i < 1_000_000; i++) {
            Deferred<Void> unused =
                    cancelled(pool.runOperation("delete from account")).handle(failure -> {});
        }
        assertThat(pool).hasToString("ConnectionPool 'bank' [1 of 1 in use, 0 waiting]");
        Gate.open();
        assertThat(result(first)).containsExactly(1);
    }

    @Test
    void aStatementThatCannotBeCancelledDoesNotKeepTheOthersFromIt() throws Exception {
        ConnectionPool pool = bank.faultyPool();
        AtomicInteger asked = new AtomicInteger();
        bank.faults.before("cancel", () -> {
            if (asked.getAndIncrement() % 2 == 0) {
                throw new SQLException("this one cannot");
            }
        });
        Deferred<Boolean> d = pool.runWithConnection(c -> {
            try (Statement idle = c.createStatement();
                    PreparedStatement statement = c.prepareStatement(ENDLESS)) {
                assertThat(idle.isClosed()).isFalse();
                return statement.execute();
            }
        });
        Gate.awaitTick();
        assertThat(errorOf(cancelled(d))).isInstanceOf(CancelledException.class);
        Bank.awaitIdle(pool);
        assertThat(asked.get()).isGreaterThanOrEqualTo(2);
    }
}
