// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc;

import static io.deferred.jdbc.Bank.errorOf;
import static io.deferred.jdbc.Bank.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.ContextPropagation;
import io.deferred.Deferred;
import io.deferred.spi.ContextPropagator;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
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
        assertThat(errorOf(pool.runOperation("delete from account"))).isInstanceOf(OutcomeUnknownException.class);
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
}
