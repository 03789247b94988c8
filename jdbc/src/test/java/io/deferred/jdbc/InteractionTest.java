// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc;

import static io.deferred.jdbc.Bank.errorOf;
import static io.deferred.jdbc.Bank.failureOf;
import static io.deferred.jdbc.Bank.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.deferred.Deferred;
import io.deferred.Failure;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Transactions, and work with a connection. */
class InteractionTest {
    @RegisterExtension
    final Bank bank = new Bank(1);

    private static int take(Transaction tx) throws SQLException {
        return tx.execute("update account set balance = balance - ? where id = ?", 30, "ann");
    }

    @Test
    void whatReturnsIsCommitted() throws Exception {
        Deferred<List<Integer>> balances = bank.pool().runInteraction(tx -> {
            take(tx);
            tx.batch("update account set balance = balance + ? where id = ?", List.of(List.of(30, "bob")));
            return tx.query("select balance from account order by id", row -> row.getInt(1));
        });
        assertThat(result(balances)).containsExactly(70, 130);
        assertThat(bank.balanceOf("bob")).isEqualTo(130);
    }

    @Test
    void nothingIsCommittedBeforeItReturns() throws Exception {
        Deferred<Integer> d = bank.pool().runInteraction(tx -> {
            int changed = take(tx);
            tx.query("select gate(1)", row -> 1);
            return changed;
        });
        Gate.awaitReached();
        assertThat(bank.balanceOf("ann")).isEqualTo(100);
        Gate.open();
        assertThat(result(d)).isEqualTo(1);
        assertThat(bank.balanceOf("ann")).isEqualTo(70);
    }

    @Test
    void anyExceptionRollsBackAndArrivesItself() throws Exception {
        ConnectionPool pool = bank.pool();
        for (Throwable thrown :
                List.of(new IOException("no"), new IllegalStateException("no"), new AssertionError("no"))) {
            assertThat(errorOf(pool.runInteraction(tx -> {
                        take(tx);
                        return new Failure(thrown).raise();
                    })))
                    .isSameAs(thrown);
        }
        assertThat(bank.balanceOf("ann")).isEqualTo(100);
    }

    @Test
    void aFailureThatIsReturnedRollsBack() throws Exception {
        Failure failure = new Failure(new IOException("no"));
        assertThat(failureOf(bank.pool().runInteraction(tx -> {
                    take(tx);
                    return failure;
                })))
                .isSameAs(failure);
        assertThat(bank.balanceOf("ann")).isEqualTo(100);
    }

    @Test
    void aDeferredThatIsReturnedIsRefusedAndRollsBack() throws Exception {
        assertThat(errorOf(bank.pool().runInteraction(tx -> {
                    take(tx);
                    return new Deferred<String>().named("later");
                })))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'later'", "its connection is gone when that fires");
        assertThat(bank.balanceOf("ann")).isEqualTo(100);
    }

    @Test
    void aRollbackThatFailsIsAttachedAndTheConnectionIsThrownAway() throws Exception {
        ConnectionPool pool = bank.faultyPool();
        bank.faults.before("rollback", Faults.thrown("the rollback failed", "XX000"));
        IOException thrown = new IOException("no");
        Failure failure = failureOf(pool.runInteraction(tx -> {
            take(tx);
            throw thrown;
        }));
        assertThat(failure.exception()).isSameAs(thrown);
        assertThat(thrown.getSuppressed()).isEmpty();
        assertThat(failure.attached())
                .singleElement()
                .satisfies(attached -> assertThat(attached).hasMessage("the rollback failed"));
        bank.faults.clear();
        assertThat(bank.faults.thrownAway).hasValue(1);
        assertThat(result(pool.runQuery("select balance from account where id = 'ann'", row -> row.getInt(1))))
                .as("on another connection")
                .containsExactly(100);
    }

    @Test
    void aCommitThatIsNotAnsweredIsUnknown() throws Exception {
        ConnectionPool pool = bank.faultyPool();
        bank.faults.before("commit", Faults.thrown("connection reset", "08006"));
        assertThat(errorOf(pool.runInteraction(InteractionTest::take)))
                .isInstanceOfSatisfying(OutcomeUnknownException.class, e -> {
                    assertThat(e.getSQLState()).isEqualTo("08007");
                    assertThat(e.getMessage()).contains("connection reset", "look before you try again");
                    assertThat(e.getCause()).hasMessage("connection reset");
                    assertThat(SqlRetry.mayHelp(e)).isFalse();
                });
        assertThat(bank.faults.thrownAway).hasValue(1);
    }

    @Test
    void aCommitThatTheServerRefusesIsNotUnknown() throws Exception {
        ConnectionPool pool = bank.faultyPool();
        for (String state : List.of("40001", "40P01", "23505", "25P02")) {
            bank.faults.before("commit", Faults.thrown("refused", state));
            assertThat(errorOf(pool.runInteraction(InteractionTest::take)))
                    .isExactlyInstanceOf(SQLException.class)
                    .hasMessage("refused");
        }
        for (String state : List.of("40003", "25S01")) {
            bank.faults.before("commit", Faults.thrown("who knows", state));
            assertThat(errorOf(pool.runInteraction(InteractionTest::take)))
                    .as(state)
                    .isInstanceOf(OutcomeUnknownException.class);
        }
        bank.faults.clear();
        assertThat(bank.faults.thrownAway).hasValue(2);
        assertThat(bank.balanceOf("ann")).isEqualTo(100);
    }

    @Test
    void aConnectionThatIsLostIsThrownAwayWithoutARollback() throws Exception {
        ConnectionPool pool = bank.faultyPool();
        bank.faults.before("executeQuery", Faults.thrown("connection reset", "08006"));
        bank.faults.before("rollback", Faults.thrown("the rollback failed", "08003"));
        Failure failure = failureOf(pool.runInteraction(tx -> tx.query("select 1", row -> 1)));
        assertThat(failure.exception()).hasMessage("connection reset");
        assertThat(failure.attached()).isEmpty();
        assertThat(SqlRetry.mayHelp(failure.exception())).isTrue();
        bank.faults.clear();
        assertThat(bank.faults.thrownAway).hasValue(1);
    }

    @Test
    void aTransactionIsOverWhenItsFunctionHasReturned() throws Exception {
        AtomicReference<Transaction> kept = new AtomicReference<>();
        AtomicReference<Connection> connection = new AtomicReference<>();
        result(bank.pool().runInteraction(tx -> {
            kept.set(tx);
            connection.set(tx.connection());
            return "done";
        }));
        assertThatIllegalStateException()
                .isThrownBy(() -> kept.get().execute("delete from account"))
                .withMessageContaining("its connection is given back");
        assertThatIllegalStateException()
                .isThrownBy(() -> connection.get().createStatement())
                .withMessageContaining("its connection is given back");
    }

    @Test
    void theConnectionOfATransactionKnowsSavepointsButDoesNotEndIt() throws Exception {
        Deferred<String> name = bank.pool().runInteraction(tx -> {
            take(tx);
            Connection connection = tx.connection();
            Savepoint savepoint = connection.setSavepoint();
            take(tx);
            connection.rollback(savepoint);
            connection.close();
            assertThatIllegalStateException()
                    .isThrownBy(connection::commit)
                    .withMessageContaining("it is committed when the function returns");
            assertThatIllegalStateException().isThrownBy(connection::rollback);
            assertThatIllegalStateException().isThrownBy(() -> connection.setAutoCommit(true));
            assertThat(Set.of(connection)).contains(connection).doesNotContain(tx.connection());
            return connection.toString();
        });
        assertThat(result(name)).startsWith("lent HikariProxyConnection@");
        assertThat(bank.balanceOf("ann")).isEqualTo(70);
    }

    @Test
    void workWithAConnectionIsAsTheConnectionComes() throws Exception {
        ConnectionPool pool = bank.pool();
        assertThat(errorOf(pool.runWithConnection(c -> {
                    try (Statement statement = c.createStatement()) {
                        statement.execute("update account set balance = 1 where id = 'ann'");
                    }
                    throw new IOException("too late to roll back");
                })))
                .isInstanceOf(IOException.class);
        assertThat(bank.balanceOf("ann")).isEqualTo(1);
        assertThat(errorOf(pool.runWithConnection(c -> {
                    c.setAutoCommit(false);
                    try (Statement statement = c.createStatement()) {
                        statement.execute("update account set balance = 2 where id = 'ann'");
                    }
                    throw new IOException("rolled back");
                })))
                .isInstanceOf(IOException.class);
        assertThat(bank.balanceOf("ann")).isEqualTo(1);
        result(pool.runWithConnection(c -> {
            c.setAutoCommit(false);
            try (Statement statement = c.createStatement()) {
                return statement.executeUpdate("update account set balance = 3 where id = 'ann'");
            }
        }));
        assertThat(bank.balanceOf("ann")).isEqualTo(3);
    }

    @Test
    void aCommitByTheFunctionItselfMayBeUnknownToo() throws Exception {
        ConnectionPool pool = bank.faultyPool();
        bank.faults.before("commit", Faults.thrown("connection reset", "08006"));
        assertThat(errorOf(pool.runWithConnection(c -> {
                    c.setAutoCommit(false);
                    c.commit();
                    return 1;
                })))
                .isInstanceOf(OutcomeUnknownException.class);
    }

    @Test
    void closeOfALentConnectionDoesNothing() throws Exception {
        Deferred<Boolean> valid = bank.pool().runWithConnection(c -> {
            c.close();
            try (Connection again = c) {
                assertThat(again.isClosed()).isFalse();
            }
            return c.isValid(1);
        });
        assertThat(result(valid)).isTrue();
    }

    @Test
    void whatAnotherDatabaseHasLostIsRolledBackHere() throws Exception {
        ConnectionPool pool = bank.faultyPool();
        AtomicInteger rollbacks = new AtomicInteger();
        bank.faults.before("rollback", rollbacks::incrementAndGet);
        for (SQLException elsewhere : List.of(
                new SQLTransientConnectionException("no connection to the other one", "08001"),
                new OutcomeUnknownException("in the other one", new SQLException("connection reset")))) {
            assertThat(errorOf(pool.runInteraction(tx -> {
                        take(tx);
                        throw elsewhere;
                    })))
                    .isSameAs(elsewhere);
        }
        assertThat(rollbacks).hasValue(2);
        assertThat(bank.balanceOf("ann")).isEqualTo(100);
    }

    @Test
    void aCommitThatFailsWithoutAWordIsNamedByItsType() throws Exception {
        ConnectionPool pool = bank.faultyPool();
        bank.faults.before("commit", () -> {
            throw new IllegalStateException();
        });
        assertThat(errorOf(pool.runInteraction(InteractionTest::take)))
                .isInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining("(java.lang.IllegalStateException)");
    }
}
