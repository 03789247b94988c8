// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.Scheduler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the README shows of databases runs. */
class ReadmeTest {
    private static final Path README = Path.of("..", "README.md");
    private static final Path THIS = Path.of("src/test/java/io/deferred/jdbc/ReadmeTest.java");

    @RegisterExtension
    final Bank bankOfTheTest = new Bank(10);

    @Test
    void theTransferMovesTheMoney() throws Exception {
        DataSource dataSource = bankOfTheTest.hikari;
        // #region transfer
        try (ConnectionPool bank = new ConnectionPool(dataSource, 10)) {
            bank.runInteraction(tx -> {
                        tx.execute("update account set balance = balance - ? where id = ?", 30, "ann");
                        tx.execute("update account set balance = balance + ? where id = ?", 30, "bob");
                        return "moved";
                    })
                    .addTimeout(Duration.ofSeconds(9), Scheduler.system()) // cancelled in the database, never committed
                    .consume(System.out::println)
                    .handle(failure -> System.err.println(failure));
        }
        // #endregion
        try (ConnectionPool bank = new ConnectionPool(dataSource, 1)) {
            assertThat(bank.runQuery("select balance from account order by id", row -> row.getInt(1))
                            .get(Duration.ofMinutes(1)))
                    .containsExactly(70, 130);
        }
    }

    @Test
    void theReadmeShowsIt() throws IOException {
        String code = Files.readString(THIS);
        String region = code.substring(code.indexOf("// #region transfer\n") + 20, code.indexOf("// #endregion\n"));
        assertThat(squeezed(Files.readString(README))).contains(squeezed(region));
    }

    private static String squeezed(String code) {
        return code.replaceAll("\\s+", " ").strip();
    }
}
