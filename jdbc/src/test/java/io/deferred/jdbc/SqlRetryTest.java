// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc;

import static io.deferred.jdbc.Bank.errorOf;
import static io.deferred.jdbc.Bank.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.CancelledException;
import io.deferred.Deferred;
import io.deferred.Retry;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may be tried again. */
class SqlRetryTest {
    @RegisterExtension
    final Bank bank = new Bank(2);

    @ParameterizedTest
    @CsvSource({
        "40001, true", // serialization failure
        "40P01, true", // deadlock of PostgreSQL
        "40003, false", // statement completion unknown
        "08006, true", // connection failure
        "57P01, true", // the server is shutting down
        "53300, true", // too many connections
        "23505, false", // unique violation
        "42601, false", // syntax error
        "57014, false", // cancelled
        ", false"
    })
    void theStateDecides(String state, boolean mayHelp) {
        assertThat(SqlRetry.mayHelp(new SQLException("m", state))).isEqualTo(mayHelp);
    }

    @Test
    void soDoesTheType() {
        assertThat(List.of(
                        new SQLTransactionRollbackException("m"),
                        new SQLTransientConnectionException("m"),
                        new SQLTransientException("m"),
                        new SQLRecoverableException("m")))
                .allMatch(SqlRetry::mayHelp);
        assertThat(List.<Throwable>of(
                        new OutcomeUnknownException("m", new SQLException("m", "08006")),
                        new SQLException("a driver's own word for it", "08007"),
                        new SQLTransactionRollbackException("m", "40003"),
                        new CancelledException("m"),
                        new TimeoutException("m"),
                        new IOException("m")))
                .noneMatch(SqlRetry::mayHelp);
    }

    @Test
    void aConflictIsTriedAgainUntilItIsOver() throws Exception {
        ConnectionPool pool = bank.faultyPool();
        AtomicInteger attempts = new AtomicInteger();
        bank.faults.before("commit", () -> {
            if (attempts.incrementAndGet() < 3) {
                throw new SQLException("could not serialize access", "40001");
            }
        });
        Deferred<Integer> d = Retry.upTo(5)
                .when(SqlRetry::mayHelp)
                .run(bank.clock, () -> pool.runOperation("update account set balance = balance + 1"));
        assertThat(result(d)).isEqualTo(2);
        assertThat(attempts).hasValue(3);
        bank.faults.clear();
        assertThat(bank.balanceOf("ann")).isEqualTo(101);
    }

    @Test
    void anUnknownOutcomeIsNotTriedAgain() throws Exception {
        ConnectionPool pool = bank.faultyPool();
        AtomicInteger attempts = new AtomicInteger();
        bank.faults.before("commit", () -> {
            attempts.incrementAndGet();
            throw new SQLException("connection reset", "08006");
        });
        Deferred<Integer> d = Retry.upTo(5)
                .when(SqlRetry::mayHelp)
                .run(bank.clock, () -> pool.runOperation("update account set balance = balance + 1"));
        assertThat(errorOf(d)).isInstanceOf(OutcomeUnknownException.class);
        assertThat(attempts).hasValue(1);
    }
}
