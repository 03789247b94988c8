import com.zaxxer.hikari.HikariDataSource;
import io.deferred.Backoff;
import io.deferred.Deferred;
import io.deferred.Retry;
import io.deferred.Scheduler;
import io.deferred.jdbc.ConnectionPool;
import io.deferred.jdbc.OutcomeUnknownException;
import io.deferred.jdbc.SqlRetry;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** The same transfer, with a limit for each attempt, and tried again where that may help and cannot do harm. */
class TransferAgain {
    // #region transfer
    static final Retry RETRY = Retry.upTo(5)
            .backoff(Backoff.exponential(Duration.ofMillis(20), Duration.ofSeconds(1)))
            .when(SqlRetry::mayHelp);

    static Deferred<String> transfer(Retry retry, ConnectionPool bank, String from, String to, int amount) {
        return retry.run(Scheduler.system(), () -> bank.runInteraction(tx -> {
                    tx.execute("update account set balance = balance - ? where id = ?", amount, from);
                    tx.execute("update account set balance = balance + ? where id = ?", amount, to);
                    return "moved " + amount + " from " + from + " to " + to;
                })
                .named("transfer")
                .addTimeout(Duration.ofSeconds(10), Scheduler.system()));
    }
    // #endregion

    public static void main(String[] args) throws Exception {
        HikariDataSource hikari = new HikariDataSource();
        hikari.setJdbcUrl("jdbc:h2:mem:bank;LOCK_TIMEOUT=100");
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch enough = new CountDownLatch(1);
        try (hikari; ConnectionPool bank = new ConnectionPool(hikari, 4)) {
            bank.runOperation("create table account(id varchar primary key, balance int not null)")
                    .chainCallback(v -> bank.runOperation("insert into account values ('ann', 100), ('bob', 100)"))
                    .get(Duration.ofMinutes(1));
            Deferred<Integer> somebodyElse = bank.runInteraction(tx -> {
                int changed = tx.execute("update account set balance = balance where id = 'bob'");
                locked.countDown();
                enough.await();
                return changed;
            });
            locked.await();
            Retry retry = RETRY.tapRetry(attempt -> {
                System.out.println("attempt " + attempt.number() + " found the account locked");
                enough.countDown();
            });
            // #region use
            transfer(retry, bank, "ann", "bob", 30)
                    .consume(System.out::println)
                    .addErrback(OutcomeUnknownException.class, unknown -> {
                        System.out.println("ask the database before you try again: " + unknown.getMessage());
                        return null;
                    })
                    .get(Duration.ofMinutes(1));
            // #endregion
            somebodyElse
                    .chainCallback(v -> bank.runQuery(
                            "select id, balance from account order by id", r -> r.getString(1) + " " + r.getInt(2)))
                    .consume(System.out::println)
                    .get(Duration.ofMinutes(1));
        }
    }
}
