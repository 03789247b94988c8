// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.Deferred;
import io.deferred.Failure;
import io.deferred.Outcome;
import io.deferred.jdbc.OutcomeUnknownException;
import io.deferred.jdbc.SqlRetry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The server is killed in the middle of the work, and started again. */
@Tag("system")
class PostgresCrashTest {
    private static final int TRANSACTIONS = 1_000;
    private static final int BEFORE_THE_CRASH = 300;
    private static final int WAIT_FOR_THE_CRASH = 600;

    @RegisterExtension
    static final PostgresServer SERVER = new PostgresServer();

    @RegisterExtension
    final PostgresPool postgres = new PostgresPool(SERVER, 8);

    @Test
    void eachTransactionIsWhollyInOrOutAsItsDeferredSays() throws Exception {
        postgres.run(
                "create table debit(id int primary key)",
                "create table credit(id int primary key)",
                "create sequence attempts");
        Map<Integer, Outcome<?>> outcomes = new ConcurrentHashMap<>();
        CountDownLatch soMany = new CountDownLatch(BEFORE_THE_CRASH);
        CountDownLatch all = new CountDownLatch(TRANSACTIONS);
        CountDownLatch crashed = new CountDownLatch(1);
        for (int i = 0; i < TRANSACTIONS; i++) {
            int id = i;
            Deferred<Void> unused = postgres.pool
                    .runInteraction(tx -> {
                        if (id >= WAIT_FOR_THE_CRASH) {
                            crashed.await();
                        }
                        tx.execute("insert into debit values (?)", id);
                        return tx.execute("insert into credit values (?)", id);
                    })
                    .tapBoth(outcome -> {
                        outcomes.put(id, outcome);
                        soMany.countDown();
                        all.countDown();
                    })
                    .handle(failure -> {});
        }
        await(soMany);
        SERVER.kill();
        crashed.countDown();
        int fired = outcomes.size();
        assertThat(fired).as("in the middle").isLessThan(TRANSACTIONS);
        SERVER.start();
        await(all);

        Set<Integer> debits = postgres.numbers("select id from debit");
        assertThat(postgres.numbers("select id from credit")).as("wholly").isEqualTo(debits);
        int[] tally = new int[3];
        outcomes.forEach((id, outcome) -> {
            if (outcome instanceof Outcome.Failed<?> failed) {
                Failure failure = failed.failure();
                if (failure.exception() instanceof OutcomeUnknownException) {
                    tally[2]++;
                } else {
                    tally[1]++;
                    assertThat(debits).as("%s, of %s", failure, id).doesNotContain(id);
                    assertThat(SqlRetry.mayHelp(failure.exception()))
                            .as(failure.trace())
                            .isTrue();
                }
            } else {
                tally[0]++;
                assertThat(debits).as("one that has succeeded").contains(id);
            }
        });
        System.out.println("of " + TRANSACTIONS + " transactions " + fired + " had ended before the crash; in all "
                + tally[0] + " were in, " + tally[1] + " out, " + tally[2] + " unknown");
        assertThat(tally[0]).as("some after the crash").isGreaterThan(fired);
        assertThat(tally[1] + tally[2]).as("some have met it").isPositive();
        assertThat(postgres.pool.runQuery("select 1", row -> row.getInt(1)).get(PostgresPool.LIMIT))
                .containsExactly(1);
    }

    @Test
    void aCrashDuringTheCommitLeavesTheOutcomeUnknown() throws Exception {
        postgres.run(
                "create table slow(id int primary key)",
                "create function sleep() returns trigger language plpgsql as "
                        + "'begin perform pg_sleep(600); return null; end'",
                "create constraint trigger at_commit after insert on slow deferrable initially deferred "
                        + "for each row execute function sleep()");
        Deferred<Integer> d = postgres.pool.runOperation("insert into slow values (?)", 1);
        PostgresPool.awaitTrue(() -> postgres.running("COMMIT") == 1);
        assertThat(postgres.pool.underWay())
                .singleElement()
                .satisfies(one -> assertThat(one.waitsFor()).startsWith("its commit"));
        SERVER.kill();
        SERVER.start();
        CountDownLatch fired = new CountDownLatch(1);
        Throwable[] failed = new Throwable[1];
        Deferred<Void> unused = d.handle(failure -> {
            failed[0] = failure.exception();
            fired.countDown();
        });
        await(fired);
        assertThat(failed[0]).isInstanceOf(OutcomeUnknownException.class);
        assertThat(postgres.numbers("select id from slow")).isEmpty();
        assertThat(List.of(postgres.pool.runOperation("drop table slow").get(PostgresPool.LIMIT)))
                .containsExactly(0);
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(PostgresPool.LIMIT.toSeconds(), TimeUnit.SECONDS))
                .as("waited in vain")
                .isTrue();
    }
}
