// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.Deferred;
import io.deferred.jdbc.ConnectionPool;
import java.net.http.HttpClient;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The service of the guide: three slow shops, of which one fails and one hangs, a database, a deadline, and clients that hang up. */
public class TogetherTest {
    private static final Duration DEADLINE = Duration.ofSeconds(3);
    private static final String ENDLESS = "(select sum(tick(x)) from system_range(1, 1000000000000))";
    private static final String LONG = "(select sum(tick(x)) from system_range(1, 10000000))";

    /** Called by the database for each row, so that it has something to do. */
    public static long tick(long row) {
        return row % 3;
    }

    @RegisterExtension
    final TestLoop loop = new TestLoop();

    /** What the shops are asked, and was not answered and not cancelled. */
    private final ConcurrentHashMap<String, Deferred<HttpResponse>> pending = new ConcurrentHashMap<>();

    private final List<Deferred<HttpResponse>> hung = new CopyOnWriteArrayList<>();
    private final List<HttpServer> servers = new ArrayList<>();
    private final List<String> shops = new ArrayList<>();
    private JdbcConnectionPool connections;
    private ConnectionPool database;
    private HttpAgent agent;

    @BeforeEach
    void open() throws Exception {
        connections = JdbcConnectionPool.create("jdbc:h2:mem:together;DB_CLOSE_DELAY=-1", "sa", "");
        sql(
                "drop all objects",
                "create alias tick for 'io.deferred.net.TogetherTest.tick'",
                "create table offer(item varchar(20), price int, checked bigint default 0)");
        database = new ConnectionPool(connections, 2);
        agent = HttpAgent.on(loop.reactor());
        shop(request -> Deferred.deferLater(loop.reactor(), Duration.ofMillis(50), () -> HttpResponse.ok("42")));
        shop(request -> Deferred.deferLater(
                loop.reactor(), Duration.ofMillis(20), () -> HttpResponse.text(500, "out of order")));
        shop(request -> {
            Deferred<HttpResponse> never = new Deferred<>(self -> pending.remove("hanging"));
            pending.put("hanging", never);
            hung.add(never);
            return never;
        });
    }

    private void shop(HttpHandler handler) throws Exception {
        HttpServer server = loop.get(HttpServer.listen(loop.reactor(), Endpoint.local(0), handler));
        servers.add(server);
        shops.add("http://127.0.0.1:" + server.port());
    }

    private HttpServer service(Duration deadline) throws Exception {
        HttpHandler handler = (HttpHandler) GuidePrograms.compiled("PriceService")
                .getDeclaredConstructor(
                        Reactor.class, HttpAgent.class, ConnectionPool.class, List.class, Duration.class)
                .newInstance(loop.reactor(), agent, database, shops, deadline);
        HttpServer server = loop.get(HttpServer.listen(loop.reactor(), Endpoint.local(0), handler));
        servers.add(server);
        return server;
    }

    /** After each test: no query, no connection, no exchange, nothing unhandled, which the loop's own check says. */
    @AfterEach
    void nothingIsLeft() throws Exception {
        loop.get(agent.close());
        for (HttpServer server : servers) {
            loop.awaitThat(() -> server.underWay() == 0);
            loop.get(server.stop());
        }
        loop.awaitThat(() -> connections.getActiveConnections() == 0);
        assertThat(database.underWay()).isEmpty();
        assertThat(pending).isEmpty();
        database.close();
        sql("shutdown");
        connections.dispose();
    }

    private void sql(String... statements) throws SQLException {
        try (Connection connection = connections.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private int offers() throws SQLException {
        try (Connection connection = connections.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from offer")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static String url(HttpServer server) {
        return "http://127.0.0.1:" + server.port() + "/?item=tea";
    }

    @Test
    void whatTheOthersSayIsKeptAndAnswered() throws Exception {
        HttpServer service = service(DEADLINE);
        HttpAgent client = HttpAgent.on(loop.reactor());
        assertThat(loop.<String>get(client.get(url(service)).chainCallback(HttpResponse::text)))
                .isEqualTo("42\n");
        assertThat(offers()).isEqualTo(1);
        loop.get(client.close());
    }

    @Test
    void aClientThatHangsUpWhileTheShopsAreAskedLeavesNothing() throws Exception {
        HttpServer service = service(Duration.ofHours(1));
        HttpAgent client = HttpAgent.on(loop.reactor());
        Deferred<HttpResponse> response = client.get(url(service));
        loop.awaitThat(() -> pending.containsKey("hanging"));
        // It has answered the service by then, too: even what is known already is not to be kept for nobody.
        loop.<String>get(client.get(shops.get(0)).chainCallback(HttpResponse::text));
        response.cancel();
        loop.failureOf(response);
        loop.awaitThat(pending::isEmpty);
        loop.awaitThat(() -> service.underWay() == 0);
        loop.awaitThat(() -> database.underWay().isEmpty());
        assertThat(offers()).isZero();
        loop.get(client.close());
    }

    @Test
    void aClientThatHangsUpWhileTheDatabaseWorksLeavesNoQueryAndNoConnection() throws Exception {
        sql("alter table offer alter column checked set default " + ENDLESS);
        shops.remove(2);
        HttpServer service = service(Duration.ofHours(1));
        HttpAgent client = HttpAgent.on(loop.reactor());
        Deferred<HttpResponse> response = client.get(url(service));
        loop.awaitThat(() -> !database.underWay().isEmpty());
        loop.awaitThat(() -> connections.getActiveConnections() == 1);
        response.cancel();
        loop.failureOf(response);
        loop.awaitThat(() -> database.underWay().isEmpty());
        loop.awaitThat(() -> connections.getActiveConnections() == 0);
        assertThat(offers()).isZero();
        loop.get(client.close());
    }

    @Test
    void theDeadlineEndsADatabaseThatWorksTooLong() throws Exception {
        sql("alter table offer alter column checked set default " + ENDLESS);
        HttpServer service = service(Duration.ofMillis(400));
        HttpAgent client = HttpAgent.on(loop.reactor());
        java.util.logging.Logger log = java.util.logging.Logger.getLogger("io.deferred.net");
        log.setLevel(java.util.logging.Level.OFF); // the time-out is the handler's failure, and logged as such
        try {
            assertThat(loop.get(client.get(url(service))).status()).isEqualTo(503);
        } finally {
            log.setLevel(null);
        }
        loop.awaitThat(() -> database.underWay().isEmpty());
        assertThat(offers()).isZero();
        loop.get(client.close());
    }

    private Object another(Class<?> service, Executor threads) throws Exception {
        return service.getDeclaredConstructor(
                        HttpClient.class, Executor.class, DataSource.class, List.class, Duration.class)
                .newInstance(
                        HttpClient.newHttpClient(), threads, connections, List.copyOf(shops), Duration.ofSeconds(2));
    }

    /** What the same in CompletableFuture does, as the guide says: the answer is right, but hanging up stops nothing. */
    @Test
    void withFuturesACancelStopsNeitherTheShopsNorTheDatabase() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Object service = another(GuidePrograms.compiled("PriceServiceWithFutures"), threads);
            var handle = service.getClass().getMethod("handle", String.class);
            assertThat(((CompletableFuture<?>) handle.invoke(service, "tea"))
                            .get(TestLoop.SOON.toMillis(), TimeUnit.MILLISECONDS))
                    .isEqualTo("42\n");
            assertThat(offers()).isEqualTo(1);

            CompletableFuture<?> asking = (CompletableFuture<?>) handle.invoke(service, "tea");
            loop.awaitThat(() -> hung.size() == 2);
            asking.cancel(true);
            assertThat(loop.onLoop(() -> pending.containsKey("hanging"))).isTrue(); // nobody told the shop

            sql("alter table offer alter column checked set default " + LONG);
            shops.remove(2);
            Object without = another(service.getClass(), threads);
            CompletableFuture<?> keeping = (CompletableFuture<?>) handle.invoke(without, "tea");
            loop.awaitThat(() -> connections.getActiveConnections() == 1);
            keeping.cancel(true);
            loop.awaitThat(() -> offers() == 2); // the statement ran to its end, and was committed, for nobody
        } finally {
            threads.shutdown();
            assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
            hung.forEach(exchange -> exchange.callback(HttpResponse.of(204)));
            pending.clear();
        }
    }
}
