import com.zaxxer.hikari.HikariDataSource;
import io.deferred.Deferred;
import io.deferred.Scheduler;
import io.deferred.jdbc.ConnectionPool;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Writes ten thousand entries at once, and reads them a page at a time. */
class Statements {
    record Entry(int number, String account, int amount) {}

    static Deferred<?> print(List<Entry> page) {
        System.out.println(page.get(0) + " and " + (page.size() - 1) + " more");
        return Deferred.deferLater(Scheduler.system(), Duration.ofMillis(1)); // the printer is slow
    }

    public static void main(String[] args) throws Exception {
        HikariDataSource hikari = new HikariDataSource();
        hikari.setJdbcUrl("jdbc:h2:mem:bank");
        try (hikari; ConnectionPool bank = new ConnectionPool(hikari, 4)) {
            bank.runOperation("create table entry(number int primary key, account varchar, amount int)")
                    .get(Duration.ofMinutes(1));
            // #region batch
            List<List<Object>> entries = IntStream.range(0, 10_000)
                    .mapToObj(n -> List.<Object>of(n, n % 2 == 0 ? "ann" : "bob", 1))
                    .toList();
            Deferred<Integer> written = bank.runBatch("insert into entry values (?, ?, ?)", entries)
                    .addCallback(counts -> counts.length);
            // #endregion
            written.get(Duration.ofMinutes(1));
            // #region pages
            Deferred<Long> printed = bank.runQueryByPages(
                    "select number, account, amount from entry where account = ? order by number",
                    2_000,
                    row -> new Entry(row.getInt(1), row.getString(2), row.getInt(3)),
                    page -> print(page),
                    "ann");
            // #endregion
            printed.consume(count -> System.out.println(count + " entries"))
                    .get(Duration.ofMinutes(1));
        }
    }
}
