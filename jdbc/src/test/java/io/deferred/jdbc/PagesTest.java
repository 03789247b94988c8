// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc;

import static io.deferred.jdbc.Bank.errorOf;
import static io.deferred.jdbc.Bank.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.deferred.CancelledException;
import io.deferred.Deferred;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Results that come a page at a time. */
class PagesTest {
    @RegisterExtension
    final Bank bank = new Bank(1);

    /** What a consumer was given, and the Deferred that it waits for. */
    private record Given(List<Long> rows, Deferred<String> ready) {}

    private final BlockingQueue<Given> given = new LinkedBlockingQueue<>();

    private Deferred<String> keep(List<Long> rows) {
        Deferred<String> ready = new Deferred<String>().named("ready");
        given.add(new Given(rows, ready));
        return ready;
    }

    private Given next() throws InterruptedException {
        Given next = given.poll(Bank.LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(next).as("waited in vain for a page").isNotNull();
        return next;
    }

    @Test
    void pagesComeInOrderAndTheLastOneMayBeSmaller() throws Exception {
        List<List<Long>> pages = new ArrayList<>();
        Deferred<Long> count = bank.pool()
                .runQueryByPages(
                        "select x from system_range(1, ?) order by x",
                        3,
                        row -> row.getLong(1),
                        rows -> {
                            pages.add(rows);
                            return Deferred.succeed("more");
                        },
                        8);
        assertThat(result(count)).isEqualTo(8);
        assertThat(pages).containsExactly(List.of(1L, 2L, 3L), List.of(4L, 5L, 6L), List.of(7L, 8L));
    }

    @Test
    void withoutRowsThereIsNoPage() throws Exception {
        Deferred<Long> count =
                bank.pool().runQueryByPages("select x from system_range(1, 0)", 3, row -> row.getLong(1), this::keep);
        assertThat(result(count)).isZero();
        assertThat(given).isEmpty();
    }

    @Test
    void theNextPageIsReadWhenTheConsumerIsReady() throws Exception {
        AtomicInteger read = new AtomicInteger();
        Deferred<Long> count = bank.pool()
                .runQueryByPages(
                        "select x from system_range(1, 30)",
                        10,
                        row -> {
                            read.incrementAndGet();
                            return row.getLong(1);
                        },
                        this::keep);
        for (int page = 1; page <= 3; page++) {
            Given now = next();
            assertThat(now.rows()).hasSize(10).first().isEqualTo(10L * page - 9);
            assertThat(count.called()).isFalse();
            assertThat(given).isEmpty();
            assertThat(read).hasValue(10 * page);
            now.ready().callback("more");
        }
        assertThat(result(count)).isEqualTo(30);
    }

    @Test
    void aConsumerThatFailsEndsIt() throws Exception {
        ConnectionPool pool = bank.pool();
        Deferred<Long> count =
                pool.runQueryByPages("select x from system_range(1, 100)", 3, row -> row.getLong(1), this::keep);
        IOException failed = new IOException("disk full");
        next().ready().errback(failed);
        assertThat(errorOf(count)).isSameAs(failed);
        assertThat(errorOf(
                        pool.runQueryByPages("select x from system_range(1, 100)", 3, row -> row.getLong(1), rows -> {
                            throw failed;
                        })))
                .isSameAs(failed);
        assertThat(errorOf(pool.runQueryByPages(
                        "select x from system_range(1, 100)", 3, row -> row.getLong(1), rows -> null)))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("the page consumer returned null for a Deferred");
        assertThat(given).isEmpty();
    }

    @Test
    void aCancelReachesTheConsumer() throws Exception {
        ConnectionPool pool = bank.pool();
        Deferred<Long> count =
                pool.runQueryByPages("select x from system_range(1, 100)", 3, row -> row.getLong(1), this::keep);
        Given page = next();
        Bank.awaitTrue(() ->
                pool.underWay().stream().anyMatch(one -> one.waitsFor().contains("the consumer of a page, Deferred@")));
        count.cancel();
        assertThat(errorOf(count)).isInstanceOf(CancelledException.class);
        assertThat(page.ready().called()).isTrue();
        Bank.awaitIdle(pool);
        assertThat(given).isEmpty();
    }

    @Test
    void rowsMayBeOfAnyType() throws Exception {
        List<Map<String, Integer>> seen = new ArrayList<>();
        Deferred<Long> count = bank.pool()
                .<Map<String, Integer>>runQueryByPages(
                        "select id, balance from account order by id",
                        1,
                        row -> Map.of(row.getString(1), row.getInt(2)),
                        rows -> {
                            seen.addAll(rows);
                            return Deferred.succeed(null);
                        });
        assertThat(result(count)).isEqualTo(2);
        assertThat(seen).containsExactly(Map.of("ann", 100), Map.of("bob", 100));
    }

    @Test
    void aPageMayHaveRoomForMoreThanThereIs() throws Exception {
        List<List<Long>> pages = new ArrayList<>();
        Deferred<Long> count = bank.pool()
                .runQueryByPages("select x from system_range(1, 3)", Integer.MAX_VALUE, row -> row.getLong(1), rows -> {
                    pages.add(rows);
                    return Deferred.succeed("more");
                });
        assertThat(result(count)).isEqualTo(3);
        assertThat(pages).containsExactly(List.of(1L, 2L, 3L));
    }

    @Test
    void aPageNeedsARow() {
        ConnectionPool pool = bank.pool();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pool.runQueryByPages("select 1", 0, row -> 1, rows -> Deferred.succeed("")))
                .withMessage("a page needs at least one row, not 0");
    }
}
