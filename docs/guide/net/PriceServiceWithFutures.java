// SPDX-License-Identifier: Apache-2.0

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** The same as PriceService, as far as it goes, in CompletableFuture. */
public final class PriceServiceWithFutures {
    private final HttpClient client;
    private final Executor threads;
    private final DataSource database;
    private final List<String> shops;
    private final Duration deadline;

    public PriceServiceWithFutures(
            HttpClient client, Executor threads, DataSource database, List<String> shops, Duration deadline) {
        this.client = client;
        this.threads = threads;
        this.database = database;
        this.shops = shops;
        this.deadline = deadline;
    }

    // #region handle
    public CompletableFuture<String> handle(String item) {
        List<CompletableFuture<Integer>> asked =
                shops.stream().map(shop -> ask(shop, item)).toList();
        return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
                .thenApply(all -> asked.stream().map(CompletableFuture::join).filter(Objects::nonNull).toList())
                .thenCompose(prices -> keep(item, prices).thenApply(kept -> answer(prices)))
                .orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS);
    }
    // #endregion

    // #region ask
    private CompletableFuture<Integer> ask(String shop, String item) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(shop + "?item=" + item)).build();
        return client.sendAsync(request, BodyHandlers.ofString())
                .thenApply(HttpResponse::body)
                .thenApply(Integer::valueOf)
                .orTimeout(deadline.toMillis() / 2, TimeUnit.MILLISECONDS)
                .exceptionally(failure -> null);
    }
    // #endregion

    // #region keep
    private CompletableFuture<Integer> keep(String item, List<Integer> prices) {
        return CompletableFuture.supplyAsync(() -> insert(item, prices), threads);
    }
    // #endregion

    private int insert(String item, List<Integer> prices) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement insert =
                    connection.prepareStatement("insert into offer(item, price) values (?, ?)")) {
                for (int price : prices) {
                    insert.setString(1, item);
                    insert.setInt(2, price);
                    insert.execute();
                }
                connection.commit();
                return prices.size();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            }
        } catch (SQLException e) {
            throw new CompletionException(e);
        }
    }

    private static String answer(List<Integer> prices) {
        return prices.stream().min(Integer::compare).map(price -> price + "\n").orElse("no shop knows a price\n");
    }
}
