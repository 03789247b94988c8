// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.CancelledException;
import io.deferred.Deferred;
import io.deferred.Outcome;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Cancels that meet operations at any of their instants. */
@Tag("long")
class CancelRaceTest {
    private static final int ROUNDS = Integer.getInteger("stress.rounds", 20_000);

    /** Longer than most operations take. */
    private static final int LONGEST_WAIT = 60_000;

    @RegisterExtension
    final Bank bank = new Bank(2);

    @Test
    void whatIsInTheDatabaseIsWhatTheDeferredsHaveSaid() throws Exception {
        bank.run("create table entry(id int primary key)");
        ConnectionPool pool = bank.pool();
        Map<Integer, Outcome<?>> outcomes = new ConcurrentHashMap<>();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            int id = i;
            Deferred<?> d = random.nextBoolean()
                    ? pool.runOperation("insert into entry values (?)", id)
                    : pool.runInteraction(tx -> tx.execute("insert into entry values (?)", id));
            Deferred<Void> unused =
                    d.tapBoth(outcome -> outcomes.put(id, outcome)).handle(failure -> {});
            long until = System.nanoTime() + random.nextInt(LONGEST_WAIT);
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            d.cancel();
        }
        Bank.awaitIdle(pool);
        assertThat(outcomes).as("each has fired, seed %s", seed).hasSize(ROUNDS);
        Set<Integer> entries = entries();
        int[] tally = new int[3];
        outcomes.forEach((id, outcome) -> {
            if (outcome.isSuccess()) {
                tally[0]++;
                assertThat(entries).as("one that has succeeded").contains(id);
            } else if (((Outcome.Failed<?>) outcome).failure().exception() instanceof CancelledException) {
                tally[1]++;
                assertThat(entries).as("one that was cancelled").doesNotContain(id);
            } else {
                tally[2]++;
                assertThat(((Outcome.Failed<?>) outcome).failure().exception())
                        .isInstanceOf(OutcomeUnknownException.class);
            }
        });
        assertThat(tally[0]).as("succeeded").isPositive();
        assertThat(tally[1]).as("cancelled").isPositive();
    }

    private Set<Integer> entries() throws SQLException {
        Set<Integer> entries = new HashSet<>();
        try (Connection connection = bank.hikari.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select id from entry")) {
            while (rows.next()) {
                entries.add(rows.getInt(1));
            }
        }
        return entries;
    }
}
