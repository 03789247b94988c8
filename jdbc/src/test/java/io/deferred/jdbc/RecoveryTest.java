// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc;

import static io.deferred.jdbc.Bank.errorOf;
import static io.deferred.jdbc.Bank.failureOf;
import static io.deferred.jdbc.Bank.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deferred.ContextPropagation;
import io.deferred.Deferred;
import io.deferred.Failure;
import io.deferred.spi.ContextPropagator;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of connections and threads after trouble. */
class RecoveryTest {
    @RegisterExtension
    final Bank bank = new Bank(1);

    @Test
    void withoutAPoolTheConnectionItselfIsClosed() throws Exception {
        JdbcDataSource plain = new JdbcDataSource();
        plain.setUrl(bank.hikari.getJdbcUrl());
        Faults faulty = new Faults(plain);
        ConnectionPool pool =
                bank.pool(faulty, PoolOptions.ofSize(1).named("bank").scheduler(bank.clock));
        faulty.before("rollback", Faults.thrown("the rollback failed", "XX000"));
        Connection[] used = new Connection[1];
        assertThat(errorOf(pool.runInteraction(tx -> {
                    used[0] = tx.connection().unwrap(Connection.class);
                    tx.execute("update account set balance = 0");
                    throw new IllegalStateException("no");
                })))
                .hasMessage("no");
        assertThat(used[0].isClosed()).isTrue();
        faulty.clear();
        assertThat(result(pool.runQuery("select balance from account", row -> row.getInt(1))))
                .as("rolled back by the database when the connection was gone")
                .containsExactly(100, 100);
    }

    @Test
    void aDataSourceThatFailsIsTheFailureAndTheNextTimeItMayDoBetter() throws Exception {
        ConnectionPool pool = bank.faultyPool();
        bank.faults.before("getConnection", Faults.thrown("too many connections", "53300"));
        assertThat(errorOf(pool.runQuery("select 1", row -> 1)))
                .isInstanceOf(SQLException.class)
                .hasMessage("too many connections");
        bank.faults.clear();
        assertThat(result(pool.runQuery("select 1", row -> 1))).containsExactly(1);
    }

    @Test
    void aDisposalThatThrowsDoesNoHarm() throws Exception {
        ConnectionPool pool = bank.pool(bank.faults, bank.options().throwingAwayBy(connection -> {
            throw new IllegalStateException("not mine");
        }));
        bank.faults.before("commit", Faults.thrown("connection reset", "08006"));
        List<LogRecord> warnings = new CopyOnWriteArrayList<>();
        Logger log = Logger.getLogger("io.deferred.jdbc");
        Filter before = log.getFilter();
        log.setFilter(entry -> !warnings.add(entry));
        try {
            assertThat(errorOf(pool.runOperation("delete from account"))).isInstanceOf(OutcomeUnknownException.class);
        } finally {
            log.setFilter(before);
        }
        assertThat(bank.connectionsInUse()).isZero();
        assertThat(warnings)
                .as("whoever gets it next has to find out")
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.getMessage())
                            .isEqualTo("A connection that must not be used again could not be thrown away");
                    assertThat(entry.getThrown()).hasMessage("not mine");
                });
    }

    @Test
    void aLogThatFailsCostsNoConnection() throws Exception {
        ConnectionPool pool = bank.pool(bank.faults, bank.options().throwingAwayBy(connection -> {
            throw new IllegalStateException("not mine");
        }));
        bank.faults.before("commit", Faults.thrown("connection reset", "08006"));
        Logger log = Logger.getLogger("io.deferred.jdbc");
        Filter before = log.getFilter();
        log.setFilter(entry -> {
            throw new IllegalStateException("the disk is full");
        });
        try {
            assertThat(errorOf(pool.runOperation("delete from account"))).isInstanceOf(OutcomeUnknownException.class);
        } finally {
            log.setFilter(before);
        }
        assertThat(bank.connectionsInUse()).isZero();
    }

    @Test
    void anInterruptOfTheFunctionIsNotForTheNextOne() throws Exception {
        ConnectionPool pool = bank.pool();
        assertThat(errorOf(pool.runWithConnection(c -> {
                    Thread.currentThread().interrupt();
                    throw new InterruptedException("somebody wants this thread");
                })))
                .isInstanceOf(InterruptedException.class);
        Deferred<Boolean> interrupted = pool.runWithConnection(c -> Thread.interrupted());
        assertThat(result(interrupted)).isFalse();
    }

    @Test
    void callbacksFindTheConnectionGivenBack() throws Exception {
        Deferred<Integer> inUse =
                bank.pool().runQuery("select 1", row -> row.getInt(1)).addCallback(rows -> bank.connectionsInUse());
        assertThat(result(inUse)).isZero();
    }

    @Test
    void callbacksMayAskForMore() throws Exception {
        ConnectionPool pool = bank.pool();
        Deferred<List<Integer>> chain = pool.runQuery("select 1", row -> row.getInt(1));
        AtomicInteger sum = new AtomicInteger();
        for (int i = 0; i < 1000; i++) {
            chain = chain.chainCallback(rows -> {
                sum.addAndGet(rows.get(0));
                return pool.runQuery("select 1", row -> row.getInt(1));
            });
        }
        assertThat(result(chain)).containsExactly(1);
        assertThat(sum).hasValue(1000);
    }

    @Test
    void mappersRunInTheContextOfTheCaller() throws Exception {
        ThreadLocal<String> user = ThreadLocal.withInitial(() -> "nobody");
        ContextPropagation.install(new ContextPropagator() {
            @Override
            public Object capture() {
                return user.get();
            }

            @Override
            public Scope restore(Object captured) {
                user.set((String) captured);
                return user::remove;
            }
        });
        try {
            user.set("ann");
            assertThat(result(bank.pool().runQuery("select 1", row -> user.get())))
                    .containsExactly("ann");
        } finally {
            ContextPropagation.uninstall();
        }
    }

    @Test
    void aConnectionThatCannotBeAbortedIsClosedAllTheSame() throws Exception {
        JdbcDataSource plain = new JdbcDataSource();
        plain.setUrl(bank.hikari.getJdbcUrl());
        Faults physical = new Faults(plain);
        physical.before("abort", () -> {
            throw new SQLFeatureNotSupportedException("abort");
        });
        try (Connection connection = new Faults(physical).getConnection()) {
            assertThatThrownBy(() -> ConnectionDisposal.CLOSE_PHYSICAL.throwAway(connection))
                    .isInstanceOf(SQLFeatureNotSupportedException.class);
            assertThat(connection.unwrap(Connection.class).isClosed()).isTrue();
        }
    }

    @Test
    void aConnectionThatCannotBeginATransactionIsThrownAway() throws Exception {
        ConnectionPool pool = bank.faultyPool();
        bank.faults.before("setAutoCommit", Faults.thrown("no transactions", "XX000"));
        assertThat(errorOf(pool.runOperation("delete from account"))).hasMessage("no transactions");
        assertThat(bank.faults.thrownAway).hasValue(1);
    }

    @Test
    void whatIsLeftOpenIsNeverCommittedOnTheWayBack() throws Exception {
        SQLException broken = new SQLException("broken") {
            @Override
            public String getSQLState() {
                throw new IllegalStateException("it has no state");
            }
        };
        ConnectionPool pool = bank.faultyPool();
        Failure failure = failureOf(pool.runInteraction(tx -> {
            tx.execute("update account set balance = 0");
            throw broken;
        }));
        assertThat(bank.balanceOf("ann")).isEqualTo(100);
        assertThat(failure.exception()).isSameAs(broken);
        assertThat(failure.attached())
                .singleElement()
                .satisfies(attached -> assertThat(attached).hasMessage("it has no state"));
        assertThat(bank.faults.thrownAway).hasValue(1);
    }
}
