// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc.debugging;

import static io.deferred.jdbc.Bank.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.Debugging;
import io.deferred.Deferred;
import io.deferred.Dump;
import io.deferred.jdbc.Bank;
import io.deferred.jdbc.ConnectionPool;
import io.deferred.jdbc.Gate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is told of operations in debug mode. In a package of its own, like a user's: lines of the library's are left out of stories. */
class StoriesTest {
    @RegisterExtension
    final Bank bank = new Bank(1);

    @BeforeEach
    void observe() {
        Debugging.measureBy(bank.clock);
        Debugging.full();
    }

    @AfterEach
    void observeNoMore() {
        Debugging.off();
        Debugging.measureBy(null);
    }

    private static String lineOf(String label) {
        return Dump.text()
                .lines()
                .filter(line -> line.startsWith("  ") && line.contains("'" + label + "'"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no '" + label + "' in " + Dump.text()));
    }

    @Test
    void aDumpTellsTheSqlTheAgeAndWhatIsWaitedFor() throws Exception {
        ConnectionPool pool = bank.pool();
        Deferred<List<Integer>> runs = pool.runQuery("select gate(?)", row -> row.getInt(1), 4711);
        Deferred<Integer> waits = pool.runOperation("delete from account where id = ?", "secret");
        Gate.awaitReached();
        bank.clock.advance(Duration.ofSeconds(3));
        assertThat(lineOf("select gate(?)"))
                .contains(", PT3S old, waits for the statement 'select gate(?)', on thread deferred-bank-1");
        assertThat(lineOf("delete from account where id = ?"))
                .contains(", PT3S old, waits for a connection of ConnectionPool 'bank' [1 of 1 in use, 1 waiting]");
        assertThat(Dump.text())
                .contains("made at io.deferred.jdbc.debugging.StoriesTest.aDumpTellsTheSql")
                .doesNotContain("4711", "secret");
        assertThat(pool.underWay())
                .extracting(Object::toString)
                .containsExactly(
                        "'select gate(?)', PT3S old, waits for the statement 'select gate(?)', on thread deferred-bank-1",
                        "'delete from account where id = ?', PT3S old, waits for a connection of ConnectionPool 'bank' [1 of 1 in use, 1 waiting]");
        Gate.open();
        result(runs);
        result(waits);
    }

    @Test
    void anInteractionTellsTheStatementThatItIsAt() throws Exception {
        Deferred<List<Integer>> d = bank.pool()
                .<List<Integer>>runInteraction(tx -> tx.query("select gate(1)", row -> row.getInt(1)))
                .named("transfer");
        Gate.awaitReached();
        assertThat(lineOf("transfer")).contains("waits for the statement 'select gate(1)', on thread deferred-bank-1");
        Gate.open();
        result(d);
    }

    @Test
    void aStoryNamesNoParameter() throws Exception {
        Deferred<List<Integer>> d = bank.pool().runQuery("select cast(? as int)", row -> row.getInt(1), 4711);
        result(d);
        Deferred<Integer> size = d.addCallback(List::size);
        assertThat(result(size)).isEqualTo(1);
        assertThat(Debugging.story(d))
                .contains(
                        "'select cast(? as int)'",
                        "made at io.deferred.jdbc.debugging.StoriesTest",
                        "thread deferred-bank-1")
                .doesNotContain("4711", "ConnectionPool");
    }
}
