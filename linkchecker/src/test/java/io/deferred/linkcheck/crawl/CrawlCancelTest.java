// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.crawl;

import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.Deferred;
import io.deferred.linkcheck.fetch.Attempts;
import io.deferred.linkcheck.fetch.Response;
import io.deferred.linkcheck.report.Report;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CrawlCancelTest {
    private final FakeWeb web = new FakeWeb();
    private final List<String> cancelled = new ArrayList<>();

    private Deferred<Response> never(String name) {
        return new Deferred<>(self -> cancelled.add(name));
    }

    @Test
    void cancellingGivesWhatIsKnownAndCancelsWhatIsUnderWay() throws Exception {
        web.page("http://h/", "<a href=gone><a href=a><a href=b><a href=c><a href=d>");
        web.on("http://h/a", () -> never("a")).on("http://h/b", () -> never("b"));
        Deferred<Report> crawl = web.start(FakeWeb.START, FakeWeb.options(2));
        assertThat(crawl.called()).isFalse();

        crawl.cancel();

        Report report = crawl.outcome().orElseThrow().unwrap();
        assertThat(report.complete()).isFalse();
        assertThat(FakeWeb.broken(report)).containsExactly("http://h/gone STATUS [http://h/]");
        assertThat(report.totals().unchecked()).isEqualTo(4);
        assertThat(cancelled).containsExactlyInAnyOrder("a", "b");
        assertThat(web.requests).doesNotContain("PAGE http://h/c", "PAGE http://h/d");
    }

    @Test
    void cancellingBeforeAnythingIsKnownGivesAnEmptyReport() {
        web.on("http://h/", () -> never("start"));
        Deferred<Report> crawl = web.start(FakeWeb.START, FakeWeb.options(2));

        crawl.cancel();

        Report report = crawl.outcome().orElseThrow().unwrap();
        assertThat(report.complete()).isFalse();
        assertThat(report.fine()).isTrue();
        assertThat(report.totals().unchecked()).isEqualTo(1);
        assertThat(cancelled).containsExactly("start");
    }

    @Test
    void anAnswerThatComesWhileCancellingChangesNothing() {
        Response late = new Response(404, Optional.empty(), Optional.empty(), Optional.empty());
        web.page("http://h/", "<a href=a>").on("http://h/a", () -> new Deferred<>(self -> self.callback(late)));
        Deferred<Report> crawl = web.start(FakeWeb.START, FakeWeb.options(2));

        crawl.cancel();

        assertThat(crawl.outcome().orElseThrow().unwrap().fine()).isTrue();
    }

    @Test
    void cancellingACrawlThatIsOverLeavesItsReport() {
        web.page("http://h/", "");
        Deferred<Report> crawl = web.start(FakeWeb.START, FakeWeb.options(2));

        crawl.cancel();

        assertThat(crawl.outcome().orElseThrow().unwrap().complete()).isTrue();
    }

    @Test
    void cancellingEndsThePauseBeforeAnotherAttempt() {
        web.page("http://h/", "<a href=a>").on("http://h/a", () -> Deferred.fail(new IOException("reset")));
        Deferred<Report> crawl =
                web.start(FakeWeb.START, FakeWeb.options(new Attempts.Limits(2, 2, 1), CrawlOptions.Outside.CHECK));
        assertThat(web.clock.delayedCalls()).hasSize(1);

        crawl.cancel();

        Report report = crawl.outcome().orElseThrow().unwrap();
        assertThat(report.complete()).isFalse();
        assertThat(report.totals().unchecked()).isEqualTo(1);
        assertThat(web.clock.delayedCalls()).isEmpty();
        assertThat(web.requests).containsOnlyOnce("PAGE http://h/a");
    }
}
