// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc.postgres;

import static io.deferred.jdbc.postgres.PostgresPool.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.Backoff;
import io.deferred.CancelledException;
import io.deferred.Deferred;
import io.deferred.Retry;
import io.deferred.Scheduler;
import io.deferred.jdbc.PoolClosedException;
import io.deferred.jdbc.SqlRetry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What only a server shows: cancels that go there and back, deadlocks, cursors. */
@Tag("system")
class PostgresTest {
    @RegisterExtension
    static final PostgresServer SERVER = new PostgresServer();

    @RegisterExtension
    final PostgresPool postgres = new PostgresPool(SERVER, 2);

    private static Throwable errorOf(Deferred<?> deferred) throws Exception {
        Throwable[] seen = new Throwable[1];
        Deferred<Void> handled = deferred.handle(failure -> seen[0] = failure.exception());
        handled.get(LIMIT);
        return seen[0];
    }

    @Test
    void aCancelReachesTheServer() throws Exception {
        Deferred<List<String>> d = postgres.pool.runQuery("select pg_sleep(600)", row -> row.getString(1));
        PostgresPool.awaitTrue(() -> postgres.running("pg_sleep") == 1);
        d.cancel();
        assertThat(d.called()).isTrue();
        assertThat(errorOf(d)).isInstanceOf(CancelledException.class);
        PostgresPool.awaitTrue(() -> postgres.running("pg_sleep") == 0);
        PostgresPool.awaitTrue(() -> postgres.pool.underWay().isEmpty());
    }

    @Test
    void aTimeOutReachesTheServerThroughAnInteraction() throws Exception {
        postgres.run("create table once(id int)");
        Deferred<List<String>> d = postgres.pool
                .<List<String>>runInteraction(tx -> {
                    tx.execute("insert into once values (1)");
                    return tx.query("select pg_sleep(600)", row -> row.getString(1));
                })
                .addTimeout(Duration.ofMillis(200), Scheduler.system());
        assertThat(errorOf(d)).isInstanceOf(TimeoutException.class);
        PostgresPool.awaitTrue(() -> postgres.pool.underWay().isEmpty());
        assertThat(postgres.numbers("select id from once")).isEmpty();
    }

    @Test
    void noCancelHitsTheNextStatementOnTheConnection() throws Exception {
        Random random = new Random(9);
        int cancelled = 0;
        List<Deferred<List<Integer>>> kept = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            Deferred<List<Integer>> unlucky =
                    postgres.pool.runQuery("select 1 from generate_series(1, 2000)", row -> row.getInt(1));
            kept.add(postgres.pool.runQuery("select 2", row -> row.getInt(1)));
            long until = System.nanoTime() + random.nextInt(1_000_000);
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            unlucky.cancel();
            AtomicInteger failures = new AtomicInteger();
            unlucky.handle(failure -> failures.incrementAndGet()).get(LIMIT);
            cancelled += failures.get();
        }
        for (Deferred<List<Integer>> d : kept) {
            assertThat(d.get(LIMIT)).containsExactly(2);
        }
        assertThat(cancelled).isPositive();
    }

    @Test
    void aDeadlockIsTriedAgainAndBothGetThrough() throws Exception {
        postgres.run(
                "create table account(id text primary key, balance int)",
                "insert into account values ('a', 0), ('b', 0)");
        CyclicBarrier bothHoldOne = new CyclicBarrier(2);
        AtomicInteger attempts = new AtomicInteger();
        Retry retry = Retry.upTo(5).backoff(Backoff.none()).when(SqlRetry::mayHelp);
        List<Deferred<Integer>> both = new CopyOnWriteArrayList<>();
        for (List<String> order : List.of(List.of("a", "b"), List.of("b", "a"))) {
            both.add(retry.run(
                    Scheduler.system(),
                    () -> postgres.pool.runInteraction(tx -> {
                        boolean again = attempts.incrementAndGet() > 2;
                        if (again) { // not before the other has both rows, or the two might meet again
                            PostgresPool.awaitTrue(() ->
                                    both.stream().anyMatch(one -> one.outcome().isPresent()));
                        }
                        tx.execute("update account set balance = balance + 1 where id = ?", order.get(0));
                        if (!again) {
                            bothHoldOne.await();
                        }
                        return tx.execute("update account set balance = balance + 1 where id = ?", order.get(1));
                    })));
        }
        for (Deferred<Integer> one : both) {
            assertThat(one.get(LIMIT)).isEqualTo(1);
        }
        assertThat(attempts).as("one of them twice").hasValue(3);
        assertThat(postgres.numbers("select balance from account")).containsExactly(2);
    }

    @Test
    void aConnectionThatTheServerHasEndedIsReplaced() throws Exception {
        Deferred<List<String>> d = postgres.pool.runQuery("select pg_sleep(600)", row -> row.getString(1));
        PostgresPool.awaitTrue(() -> postgres.running("pg_sleep") == 1);
        postgres.run(
                "select pg_terminate_backend(pid) from pg_stat_activity where query like '%pg_sleep(600)%' and pid <> pg_backend_pid()");
        Throwable error = errorOf(d);
        assertThat(error)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57P01"));
        assertThat(SqlRetry.mayHelp(error)).isTrue();
        for (int i = 0; i < 10; i++) {
            assertThat(postgres.pool.runQuery("select 1", row -> row.getInt(1)).get(LIMIT))
                    .containsExactly(1);
        }
    }

    @Test
    void theServerMakesOnlyThePagesThatAreAskedFor() throws Exception {
        postgres.run("create sequence made");
        AtomicInteger pages = new AtomicInteger();
        CountDownLatch third = new CountDownLatch(3);
        Deferred<String> more = new Deferred<>();
        Deferred<Long> count = postgres.pool.runQueryByPages(
                "select nextval('made') from generate_series(1, 1000000)", 100, row -> row.getLong(1), rows -> {
                    third.countDown();
                    return pages.incrementAndGet() < 3 ? Deferred.succeed("more") : more.fork();
                });
        third.await();
        assertThat(postgres.numberOf("select last_value from made")).isEqualTo(300);
        count.cancel();
        assertThat(errorOf(count)).isInstanceOf(CancelledException.class);
        PostgresPool.awaitTrue(() -> postgres.pool.underWay().isEmpty());
        assertThat(pages).hasValue(3);
    }

    @Test
    void closingCancelsWhatRunsOnTheServer() throws Exception {
        Deferred<List<String>> d = postgres.pool.runQuery("select pg_sleep(600)", row -> row.getString(1));
        PostgresPool.awaitTrue(() -> postgres.running("pg_sleep") == 1);
        postgres.pool.shutDown(Duration.ZERO).get(LIMIT);
        assertThat(errorOf(d)).isInstanceOf(CancelledException.class);
        assertThat(postgres.running("pg_sleep")).isZero();
        assertThat(errorOf(postgres.pool.runOperation("select 1"))).isInstanceOf(PoolClosedException.class);
    }
}
