// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.crawl;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.deferred.Deferred;
import io.deferred.VirtualClock;
import io.deferred.linkcheck.fetch.Attempts;
import io.deferred.linkcheck.fetch.Content;
import io.deferred.linkcheck.fetch.Fetcher;
import io.deferred.linkcheck.fetch.Request;
import io.deferred.linkcheck.fetch.Response;
import io.deferred.linkcheck.page.JsoupPageParser;
import io.deferred.linkcheck.report.Report;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** A web without a network. What is not in it is answered with 404. */
final class FakeWeb implements Fetcher {
    static final URI START = URI.create("http://h/");

    final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    final VirtualClock clock = new VirtualClock();
    private final Map<String, Callable<Deferred<Response>>> answers = new HashMap<>();

    /** Without further attempts, so that nothing waits for the clock. */
    static CrawlOptions options(int concurrency) {
        return options(concurrency, CrawlOptions.Outside.CHECK);
    }

    static CrawlOptions options(int concurrency, CrawlOptions.Outside outside) {
        return options(new Attempts.Limits(concurrency, concurrency, 0), outside);
    }

    static CrawlOptions options(Attempts.Limits limits, CrawlOptions.Outside outside) {
        return new CrawlOptions(limits, outside, 5);
    }

    FakeWeb page(String address, String html) {
        return page(address, html, true);
    }

    FakeWeb page(String address, String html, boolean complete) {
        Content content = new Content(html.getBytes(UTF_8), complete);
        return answer(address, new Response(200, Optional.of("text/html"), Optional.empty(), Optional.of(content)));
    }

    FakeWeb redirect(String address, String location) {
        return answer(address, new Response(302, Optional.empty(), Optional.of(location), Optional.empty()));
    }

    FakeWeb status(String address, int status) {
        return answer(address, new Response(status, Optional.empty(), Optional.empty(), Optional.empty()));
    }

    private FakeWeb answer(String address, Response response) {
        return on(address, () -> Deferred.succeed(response));
    }

    FakeWeb on(String address, Callable<Deferred<Response>> answer) {
        answers.put(address, answer);
        return this;
    }

    @Override
    public Deferred<Response> fetch(Request request) {
        requests.add(request.form() + " " + request.address());
        return Deferred.defer(answers.getOrDefault(
                request.address().toString(),
                () -> Deferred.succeed(new Response(404, Optional.empty(), Optional.empty(), Optional.empty()))));
    }

    Report crawl() throws Exception {
        return crawl(options(4));
    }

    Report crawl(CrawlOptions options) throws Exception {
        return start(START, options).get(Duration.ofSeconds(60));
    }

    Deferred<Report> start(URI start, CrawlOptions options) {
        return new Crawl(start, options, this, new JsoupPageParser(), clock).run();
    }

    /** The broken links as lines: address, kind, pages. */
    static List<String> broken(Report report) {
        return report.broken().stream()
                .map(link -> link.address() + " " + link.problem().kind() + " " + link.linkedFrom())
                .toList();
    }
}
