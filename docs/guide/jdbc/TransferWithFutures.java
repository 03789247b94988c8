import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** The same transfer with CompletableFuture, with its limit and its retry; and what becomes of the money when the time is up. */
class TransferWithFutures {
    static final ExecutorService THREADS = Executors.newFixedThreadPool(4);

    // #region transfer
    static String transferNow(DataSource bank, String from, String to, int amount) throws SQLException {
        try (Connection connection = bank.getConnection()) {
            connection.setAutoCommit(false);
            try {
                change(connection, "update account set balance = balance - ? where id = ?", amount, from);
                change(connection, "update account set balance = balance + ? where id = ?", amount, to);
                connection.commit(); // whether or not anybody still waits
            } catch (Throwable t) {
                try {
                    connection.rollback();
                } catch (SQLException e) {
                    t.addSuppressed(e); // and the connection goes back to the others
                }
                throw t;
            }
            return "moved " + amount + " from " + from + " to " + to;
        }
    }

    static void change(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.executeUpdate();
        }
    }

    static CompletableFuture<String> transfer(DataSource bank, String from, String to, int amount, int attempts) {
        return CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return transferNow(bank, from, to, amount);
                            } catch (SQLException e) {
                                throw new CompletionException(e);
                            }
                        },
                        THREADS)
                .orTimeout(300, TimeUnit.MILLISECONDS) // the statement runs on
                .handle((moved, error) -> {
                    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
                    if (cause instanceof SQLTransientException && attempts > 1) {
                        return transfer(bank, from, to, amount, attempts - 1); // a commit that was not answered, too
                    }
                    return error == null
                            ? CompletableFuture.completedFuture(moved)
                            : CompletableFuture.<String>failedFuture(error);
                })
                .thenCompose((CompletionStage<String> next) -> next)
                .toCompletableFuture();
    }
    // #endregion

    public static void main(String[] args) throws Exception {
        HikariDataSource hikari = new HikariDataSource();
        hikari.setJdbcUrl("jdbc:h2:mem:bank;LOCK_TIMEOUT=60000");
        try (hikari;
                Connection somebodyElse = hikari.getConnection()) {
            change(somebodyElse, "create table account(id varchar primary key, balance int not null)");
            change(somebodyElse, "insert into account values ('ann', 100), ('bob', 100)");
            somebodyElse.setAutoCommit(false);
            change(somebodyElse, "update account set balance = balance where id = 'bob'");
            CountDownLatch told = new CountDownLatch(1);
            var unused = transfer(hikari, "ann", "bob", 30, 5).whenComplete((moved, error) -> {
                System.out.println(error == null ? moved : "timed out, so nothing was moved?");
                told.countDown();
            });
            told.await();
            somebodyElse.commit();
            THREADS.shutdown();
            THREADS.awaitTermination(1, TimeUnit.MINUTES);
            try (PreparedStatement statement =
                            somebodyElse.prepareStatement("select id, balance from account order by id");
                    ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    System.out.println(rows.getString(1) + " " + rows.getInt(2));
                }
            }
        }
    }
}
