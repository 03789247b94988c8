import com.zaxxer.hikari.HikariDataSource;
import io.deferred.Deferred;
import io.deferred.Scheduler;
import io.deferred.jdbc.ConnectionPool;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;

/** The same transfer, with a limit of time, while somebody else keeps the account of bob locked. */
class TransferInTime {
    // #region transfer
    static Deferred<String> transfer(ConnectionPool bank, String from, String to, int amount) {
        return bank.runInteraction(tx -> {
                    tx.execute("update account set balance = balance - ? where id = ?", amount, from);
                    tx.execute("update account set balance = balance + ? where id = ?", amount, to);
                    return "moved " + amount + " from " + from + " to " + to;
                })
                .named("transfer")
                .addTimeout(Duration.ofMillis(300), Scheduler.system());
    }
    // #endregion

    public static void main(String[] args) throws Exception {
        HikariDataSource hikari = new HikariDataSource();
        hikari.setJdbcUrl("jdbc:h2:mem:bank;LOCK_TIMEOUT=60000");
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
            // #region use
            transfer(bank, "ann", "bob", 30)
                    .consume(System.out::println)
                    .addErrback(TimeoutException.class, timeout -> {
                        System.out.println(timeout.getMessage() + ", and nothing was moved");
                        return null;
                    })
                    .get(Duration.ofMinutes(1));
            // #endregion
            enough.countDown();
            somebodyElse
                    .chainCallback(v -> bank.runQuery(
                            "select id, balance from account order by id", r -> r.getString(1) + " " + r.getInt(2)))
                    .consume(System.out::println)
                    .get(Duration.ofMinutes(1));
        }
    }
}
