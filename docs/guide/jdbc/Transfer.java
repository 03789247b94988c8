import com.zaxxer.hikari.HikariDataSource;
import io.deferred.Deferred;
import io.deferred.jdbc.ConnectionPool;
import io.deferred.jdbc.PoolOptions;
import java.time.Duration;

/** Moves money from one account to another: both updates are in the database, or none. */
class Transfer {
    // #region transfer
    static Deferred<String> transfer(ConnectionPool bank, String from, String to, int amount) {
        return bank.runInteraction(tx -> {
            int taken = tx.execute(
                    "update account set balance = balance - ? where id = ? and balance >= ?", amount, from, amount);
            if (taken == 0) {
                throw new IllegalStateException(from + " has less than " + amount);
            }
            tx.execute("update account set balance = balance + ? where id = ?", amount, to);
            return "moved " + amount + " from " + from + " to " + to;
        });
    }
    // #endregion

    static Deferred<?> show(ConnectionPool bank) {
        return bank.runQuery("select id, balance from account order by id", r -> r.getString(1) + " " + r.getInt(2))
                .consume(System.out::println);
    }

    public static void main(String[] args) throws Exception {
        // #region pool
        HikariDataSource hikari = new HikariDataSource();
        hikari.setJdbcUrl("jdbc:h2:mem:bank");
        hikari.setMaximumPoolSize(4);
        PoolOptions options = PoolOptions.ofSize(4).named("bank").throwingAwayBy(hikari::evictConnection);
        try (hikari; ConnectionPool bank = new ConnectionPool(hikari, options)) {
            // #endregion
            bank.runOperation("create table account(id varchar primary key, balance int not null)")
                    .chainCallback(v -> bank.runOperation("insert into account values ('ann', 100), ('bob', 100)"))
                    .get(Duration.ofMinutes(1));
            // #region use
            transfer(bank, "ann", "bob", 30)
                    .consume(System.out::println)
                    .chainCallback(v -> transfer(bank, "ann", "bob", 80))
                    .consume(System.out::println)
                    .handle(failure -> System.out.println("refused: " + failure.exception().getMessage()))
                    .chainCallback(v -> show(bank))
                    .get(Duration.ofMinutes(1));
            // #endregion
        }
    }
}
