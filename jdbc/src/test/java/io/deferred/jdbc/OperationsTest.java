// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc;

import static io.deferred.jdbc.Bank.errorOf;
import static io.deferred.jdbc.Bank.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.deferred.Deferred;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Queries, operations and batches. */
class OperationsTest {
    @RegisterExtension
    final Bank bank = new Bank(2);

    @Test
    void aQueryGivesItsRowsInOrder() throws Exception {
        Deferred<List<String>> names = bank.pool()
                .runQuery("select id from account where balance >= ? order by id", row -> row.getString(1), 100);
        assertThat(result(names)).containsExactly("ann", "bob");
    }

    @Test
    void noRowsAreAnEmptyList() throws Exception {
        assertThat(result(bank.pool().runQuery("select id from account where id = ?", row -> row.getString(1), "eve")))
                .isEmpty();
    }

    @Test
    void parametersAreBoundAndNeverPasted() throws Exception {
        String evil = "eve'; drop table account; --";
        ConnectionPool pool = bank.pool();
        result(pool.runOperation("insert into account values (?, ?)", evil, 7));
        assertThat(result(pool.runQuery("select balance from account where id = ?", row -> row.getInt(1), evil)))
                .containsExactly(7);
    }

    @Test
    void nullIsAParameterAndAResult() throws Exception {
        assertThat(result(bank.pool().runQuery("select cast(? as varchar)", row -> row.getString(1), (Object) null)))
                .hasSize(1)
                .containsOnlyNulls();
    }

    @Test
    void anInstantIsAParameter() throws Exception {
        Instant instant = Instant.parse("2026-02-03T04:05:06.789Z");
        assertThat(result(bank.pool()
                        .runQuery(
                                "select cast(? as timestamp(3) with time zone)",
                                row -> row.getObject(1, OffsetDateTime.class).toInstant(),
                                instant)))
                .containsExactly(instant);
    }

    @Test
    void parametersAreTakenWhenItIsAskedFor() throws Exception {
        ConnectionPool pool = bank.faultyPool();
        CountDownLatch changed = new CountDownLatch(1);
        bank.faults.before("getConnection", () -> Bank.await(changed));
        Object[] parameters = {"ann"};
        Deferred<List<Integer>> balance =
                pool.runQuery("select balance from account where id = ?", row -> row.getInt(1), parameters);
        parameters[0] = "nobody";
        changed.countDown();
        assertThat(result(balance)).containsExactly(100);
    }

    @Test
    void aDeferredIsNoParameter() {
        ConnectionPool pool = bank.pool();
        Deferred<String> name = Deferred.succeed("ann").named("name");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pool.runOperation("delete from account where id = ? or id = ?", "x", name))
                .withMessageContainingAll(
                        "parameter 2 of 'delete from account where id = ? or id = ?'", "'name'", "wait for it")
                .withMessageNotContaining("ann");
    }

    @Test
    void anOperationGivesTheNumberOfRows() throws Exception {
        assertThat(result(bank.pool().runOperation("update account set balance = balance + ?", 1)))
                .isEqualTo(2);
        assertThat(bank.balanceOf("bob")).isEqualTo(101);
    }

    @Test
    void aStatementThatCountsNothingGivesZero() throws Exception {
        assertThat(result(bank.pool().runOperation("create table other(id int)")))
                .isZero();
    }

    @Test
    void aBatchGivesTheNumbersOfRows() throws Exception {
        int[] counts = result(bank.pool()
                .runBatch(
                        "update account set balance = ? where id = ?",
                        List.of(List.of(5, "ann"), List.of(6, "nobody"), Arrays.asList(7, null))));
        assertThat(counts).containsExactly(1, 0, 0);
        assertThat(bank.balanceOf("ann")).isEqualTo(5);
    }

    @Test
    void aBatchIsAllOrNothing() throws Exception {
        Deferred<int[]> counts = bank.pool()
                .runBatch(
                        "update account set balance = ? where id = ?", List.of(List.of(5, "ann"), List.of(-1, "bob")));
        assertThat(errorOf(counts)).isInstanceOf(SQLException.class);
        assertThat(bank.balanceOf("ann")).isEqualTo(100);
    }

    @Test
    void anEmptyBatchIsRefused() {
        ConnectionPool pool = bank.pool();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pool.runBatch("delete from account where id = ?", List.of()))
                .withMessageContaining("the batch of 'delete from account where id = ?' has no parameters");
    }

    @Test
    void theDriversExceptionArrivesItself() throws Exception {
        ConnectionPool pool = bank.pool();
        assertThat(errorOf(pool.runQuery("select nothing from nowhere", row -> 1)))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("NOWHERE");
        assertThat(errorOf(pool.runOperation("insert into account values ('ann', 1)")))
                .isInstanceOf(SQLIntegrityConstraintViolationException.class);
    }

    @Test
    void whatTheMapperThrowsIsTheFailure() throws Exception {
        IOException thrown = new IOException("cannot read");
        assertThat(errorOf(bank.pool().runQuery("select id from account", row -> {
                    throw thrown;
                })))
                .isSameAs(thrown);
    }

    @Test
    void nullIsRefusedAtOnce() {
        ConnectionPool pool = bank.pool();
        assertThatNullPointerException()
                .isThrownBy(() -> pool.runQuery("select 1", null))
                .withMessage("mapper");
        assertThatNullPointerException()
                .isThrownBy(() -> pool.runQuery("select ?", row -> 1, (Object[]) null))
                .withMessage("parameters; to bind null, write (Object) null");
        assertThatNullPointerException()
                .isThrownBy(() -> pool.runOperation(null))
                .withMessage("sql");
        assertThatNullPointerException()
                .isThrownBy(() -> pool.runInteraction(null))
                .withMessage("function");
        assertThatNullPointerException()
                .isThrownBy(() -> pool.runWithConnection(null))
                .withMessage("function");
    }

    @Test
    void whatIsDoneOnAConnectionThatDoesNotCommitByItselfIsCommittedAllTheSame() throws Exception {
        HikariConfig config = new HikariConfig();
        bank.hikari.copyStateTo(config);
        config.setAutoCommit(false);
        try (HikariDataSource manual = new HikariDataSource(config);
                ConnectionPool pool = new ConnectionPool(manual, bank.options())) {
            result(pool.runOperation("update account set balance = 1 where id = 'ann'"));
            result(pool.runQuery(
                    "select balance from final table (update account set balance = 2 where id = 'bob')",
                    row -> row.getInt(1)));
            result(pool.runWithConnection(c ->
                    c.prepareStatement("insert into account values ('eve', 3)").executeUpdate()));
        }
        assertThat(bank.number("select sum(balance) from account")).isEqualTo(6);
    }

    @Test
    void theConnectionIsGivenBackAsItWasAlsoToAPoolThatDoesNotLook() throws Exception {
        ConnectionPool pool = bank.faultyPool();
        AtomicInteger changes = new AtomicInteger();
        bank.faults.before("setAutoCommit", changes::incrementAndGet);
        result(pool.runOperation("update account set balance = 1"));
        assertThat(changes).as("off, and on again").hasValue(2);
        result(pool.runQuery("select 1", row -> 1));
        assertThat(changes).hasValue(2);
        Deferred<Boolean> commits = pool.runWithConnection(c -> c.getAutoCommit());
        assertThat(result(commits)).isTrue();
    }

    @Test
    void itIsLabelledWithItsSqlInOneLine() throws Exception {
        Deferred<Integer> d = bank.pool().runOperation("""
                update account
                   set balance = ?
                """, 4711);
        assertThat(d.toString()).contains("'update account set balance = ?'").doesNotContain("4711");
        result(d);
        assertThat(Labels.of("x".repeat(200))).isEqualTo("x".repeat(200));
        assertThat(Labels.of("x".repeat(201))).isEqualTo("x".repeat(200) + "…");
    }

    @Test
    void soManyRunAtATimeAndNoMore() throws Exception {
        ConnectionPool pool = bank.pool();
        List<Deferred<List<Integer>>> queries = IntStream.range(0, 5)
                .mapToObj(n -> pool.<Integer>runQuery("select gate(1)", row -> row.getInt(1)))
                .toList();
        Bank.awaitTrue(() -> bank.connectionsInUse() == 2);
        assertThat(pool).hasToString("ConnectionPool 'bank' [2 of 2 in use, 3 waiting]");
        Gate.open();
        for (Deferred<List<Integer>> query : queries) {
            assertThat(result(query)).containsExactly(1);
        }
    }

    @Test
    void theThreadsComeFromTheFactoryThatIsGiven() throws Exception {
        ConnectionPool pool = bank.pool(bank.options().threads(task -> {
            Thread thread = new Thread(task, "ours");
            thread.setDaemon(true);
            return thread;
        }));
        Deferred<String> name =
                pool.runWithConnection(c -> Thread.currentThread().getName());
        assertThat(result(name)).isEqualTo("ours");
    }

    @Test
    void virtualThreadsDoTheWorkWhereTheJdkHasThem() throws Exception {
        ThreadFactory factory = virtualThreads();
        ConnectionPool pool = bank.pool(bank.options().threads(factory));
        Deferred<String> thread =
                pool.runWithConnection(c -> Thread.currentThread().toString());
        assertThat(result(thread).contains("VirtualThread"))
                .isEqualTo(Runtime.version().feature() >= 21);
        List<Deferred<List<Integer>>> many = IntStream.range(0, 1000)
                .mapToObj(n -> pool.<Integer>runQuery("select cast(? as int)", row -> row.getInt(1), n))
                .toList();
        for (int n = 0; n < 1000; n++) {
            assertThat(result(many.get(n))).containsExactly(n);
        }
    }

    /** By reflection, because this is compiled for JDK 17; there they are platform threads. */
    private static ThreadFactory virtualThreads() throws ReflectiveOperationException {
        if (Runtime.version().feature() < 21) {
            return PoolThreads.daemons("platform");
        }
        Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
        return (ThreadFactory)
                Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
    }

    @Test
    void anOperationFailsIfThereIsNoThreadForIt() throws Exception {
        ConnectionPool pool = bank.pool(bank.options().threads(task -> {
            throw new IllegalStateException("no more threads");
        }));
        assertThat(errorOf(pool.runOperation("delete from account")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no more threads");
        assertThat(pool.underWay()).isEmpty();
    }

    @Test
    void aPoolNeedsAConnection() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PoolOptions.ofSize(0))
                .withMessage("a pool needs at least one connection, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PoolOptions.ofSize(1).closeLimit(Duration.ofMillis(-1)))
                .withMessage("the limit of closing must not be negative: PT-0.001S");
    }

    @Test
    void anOperationFailsIfTheFactoryGivesNoThread() throws Exception {
        ConnectionPool pool = bank.pool(bank.options().threads(task -> null));
        assertThat(errorOf(pool.runOperation("delete from account")))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("the thread factory gave null for a thread");
        assertThat(pool.underWay()).isEmpty();
    }
}
