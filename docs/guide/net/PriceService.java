// SPDX-License-Identifier: Apache-2.0

import static io.deferred.DeferredList.Option.CONSUME_ERRORS;

import io.deferred.CancelledException;
import io.deferred.Deferred;
import io.deferred.DeferredList;
import io.deferred.Outcome;
import io.deferred.jdbc.ConnectionPool;
import io.deferred.net.HttpAgent;
import io.deferred.net.HttpHandler;
import io.deferred.net.HttpRequest;
import io.deferred.net.HttpResponse;
import io.deferred.net.Reactor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks several shops for the price of something, keeps what they say in a database, and answers with the lowest. */
public final class PriceService implements HttpHandler {
    private final Reactor reactor;
    private final HttpAgent agent;
    private final ConnectionPool database;
    private final List<String> shops;
    private final Duration deadline;

    public PriceService(
            Reactor reactor, HttpAgent agent, ConnectionPool database, List<String> shops, Duration deadline) {
        this.reactor = reactor;
        this.agent = agent;
        this.database = database;
        this.shops = shops;
        this.deadline = deadline;
    }

    // #region handle
    @Override
    public Deferred<HttpResponse> handle(HttpRequest request) {
        String item = request.parameter("item").orElse("");
        List<Deferred<Integer>> asked = shops.stream().map(shop -> ask(shop, item)).toList();
        return Deferred.succeed(asked)
                .<List<Outcome<Integer>>>chainCallback(all -> DeferredList.all(all, CONSUME_ERRORS))
                .addCallback(PriceService::known)
                .chainCallback(prices -> keep(item, prices).addCallback(kept -> answer(prices)))
                .addTimeout(deadline, reactor);
    }
    // #endregion

    // #region ask
    private Deferred<Integer> ask(String shop, String item) {
        return agent.get(shop + "?item=" + item)
                .chainCallback(HttpResponse::text)
                .addCallback(Integer::valueOf)
                .addTimeout(deadline.dividedBy(2), reactor);
    }
    // #endregion

    // #region known
    private static List<Integer> known(List<Outcome<Integer>> outcomes) {
        List<Integer> prices = new ArrayList<>();
        for (Outcome<Integer> outcome : outcomes) {
            if (outcome instanceof Outcome.Success<Integer> price) {
                prices.add(price.value());
            } else if (outcome instanceof Outcome.Failed<Integer> failed
                    && failed.failure().check(CancelledException.class).isPresent()) {
                failed.failure().raise(); // nobody waits for a price any more
            }
        }
        return prices;
    }
    // #endregion

    // #region keep
    private Deferred<Integer> keep(String item, List<Integer> prices) {
        return database.runInteraction(tx -> {
            for (int price : prices) {
                tx.execute("insert into offer(item, price) values (?, ?)", item, price);
            }
            return prices.size();
        });
    }
    // #endregion

    private static HttpResponse answer(List<Integer> prices) {
        return prices.isEmpty()
                ? HttpResponse.text(404, "no shop knows a price\n")
                : HttpResponse.ok(prices.stream().min(Integer::compare).get() + "\n");
    }
}
