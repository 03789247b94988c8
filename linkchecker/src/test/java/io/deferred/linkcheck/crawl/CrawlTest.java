// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.crawl;

import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.Deferred;
import io.deferred.linkcheck.fetch.Attempts;
import io.deferred.linkcheck.fetch.Request;
import io.deferred.linkcheck.fetch.Response;
import io.deferred.linkcheck.report.Report;
import io.deferred.linkcheck.report.Totals;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CrawlTest {
    /** One further attempt. */
    private static final CrawlOptions RETRYING =
            FakeWeb.options(new Attempts.Limits(4, 4, 1), CrawlOptions.Outside.CHECK);

    /** As long as the first pause between attempts can be. */
    private static final Duration A_PAUSE = Duration.ofMillis(240);

    private final FakeWeb web = new FakeWeb();

    @Test
    void linksInsideAreFollowedAndThoseThatLeaveAreOnlyAskedFor() throws Exception {
        web.page("http://h/", "<a href=a>").page("http://h/a", "<a href=b><a href=http://x/><img src=c>");
        web.page("http://h/b", "").page("http://x/", "<a href=never>").status("http://h/c", 200);

        Report report = web.crawl();

        assertThat(report.fine()).isTrue();
        assertThat(report.complete()).isTrue();
        assertThat(web.requests)
                .containsExactlyInAnyOrder(
                        "PAGE http://h/", "PAGE http://h/a", "PAGE http://h/b", "HEAD http://x/", "PAGE http://h/c");
    }

    @Test
    void aBrokenLinkIsReportedWithAllPagesThatHaveIt() throws Exception {
        web.page("http://h/", "<a href=a><a href=gone>").page("http://h/a", "<a href=gone><a href=gone#x><a href=/>");

        assertThat(FakeWeb.broken(web.crawl()))
                .containsExactly("http://h/gone STATUS [http://h/, http://h/a]", "http://h/gone#x STATUS [http://h/a]");
    }

    @Test
    void eachAddressIsAskedForOnce() throws Exception {
        web.page("http://h/", "<a href=/><a href=/#x><a href=''><a href=a><a href=a#y><a href='HTTP://H:80/a'>");
        web.page("http://h/a", "<p id=y>");

        web.crawl();

        assertThat(web.requests).containsExactly("PAGE http://h/", "PAGE http://h/a");
    }

    @Test
    void fragmentsAreLookedForInsideAndOutside() throws Exception {
        web.page(
                "http://h/",
                "<p id=x><a href=#x><a href=#y><a href=a#x><a href=a#y><a href=http://x/#x><a href=http://x/#y>");
        web.page("http://h/a", "<a name=y>").page("http://x/", "<p id=x>");

        assertThat(FakeWeb.broken(web.crawl()))
                .containsExactly(
                        "http://h/#y MISSING_ANCHOR [http://h/]",
                        "http://h/a#x MISSING_ANCHOR [http://h/]",
                        "http://x/#y MISSING_ANCHOR [http://h/]");
        assertThat(web.requests).containsOnlyOnce("PAGE http://x/");
    }

    @Test
    void aPageOutsideIsReadOnlyOnceAFragmentOfItIsWanted() throws Exception {
        web.page("http://h/", "<a href=http://x/><a href=a>").page("http://h/a", "<a href=http://x/#y>");
        web.page("http://x/", "<p id=y>");

        assertThat(web.crawl().fine()).isTrue();
        assertThat(web.requests).contains("HEAD http://x/", "PAGE http://x/");
    }

    @Test
    void fragmentsOfWhatIsNoPageOrWasCutAreNotJudged() throws Exception {
        web.page("http://h/", "<a href=a.svg#x><a href=long#y>").status("http://h/a.svg", 200);
        web.page("http://h/long", "<p>", false);

        Report report = web.crawl();

        assertThat(report.fine()).isTrue();
        assertThat(report.totals().cutPages()).isEqualTo(1);
    }

    @Test
    void whatFailsIsReportedAsThatAndTheOthersGoOn() throws Exception {
        web.page("http://h/", "<a href=a><a href=b><a href='http://[x'>");
        web.on("http://h/a", () -> Deferred.fail(new IOException("cut"))).on("http://h/b", () -> {
            throw new IllegalStateException("a defect");
        });

        assertThat(FakeWeb.broken(web.crawl()))
                .containsExactly(
                        "http://h/a CONNECTION [http://h/]",
                        "http://h/b UNREADABLE [http://h/]",
                        "http://[x BAD_ADDRESS [http://h/]");
    }

    @Test
    void aStartThatIsNotThereIsBroken() throws Exception {
        assertThat(FakeWeb.broken(web.crawl())).containsExactly("http://h/ STATUS []");
    }

    @Test
    void linksThatLeaveCanBeLeftAlone() throws Exception {
        web.page("http://h/", "<a href=http://x/><a href=r>").redirect("http://h/r", "http://y/");

        Report report = web.crawl(FakeWeb.options(4, CrawlOptions.Outside.LEAVE));

        assertThat(report.fine()).isTrue();
        assertThat(report.totals().unchecked()).isEqualTo(2);
        assertThat(web.requests).containsExactly("PAGE http://h/", "PAGE http://h/r");
    }

    @Test
    void theSiteIsBelowTheDirectoryOfTheStart() throws Exception {
        web.page("http://h/d/p", "<a href=q><a href=/r>")
                .page("http://h/d/q", "")
                .page("http://h/r", "<a href=never>");

        web.start(URI.create("http://h/d/p"), FakeWeb.options(4));

        assertThat(web.requests).containsExactly("PAGE http://h/d/p", "PAGE http://h/d/q", "HEAD http://h/r");
    }

    @Test
    void noMoreAreAskedForAtATimeThanMayBe() throws Exception {
        StringBuilder links = new StringBuilder();
        Deque<Deferred<Response>> open = new ArrayDeque<>();
        for (int i = 0; i < 20; i++) {
            links.append("<a href=").append(i).append(">");
            web.on("http://h/" + i, () -> {
                Deferred<Response> answer = new Deferred<>();
                open.add(answer);
                return answer;
            });
        }
        web.page("http://h/", links.toString());
        Deferred<Report> crawl = web.start(FakeWeb.START, FakeWeb.options(3));

        for (int left = 20; left > 0; left--) {
            assertThat(open).hasSize(Math.min(left, 3));
            open.remove().callback(new Response(200, Optional.empty(), Optional.empty(), Optional.empty()));
        }

        assertThat(crawl.outcome().orElseThrow().unwrap().totals().addresses()).isEqualTo(21);
    }

    @Test
    void theTotalsCount() throws Exception {
        web.page("http://h/", "<a href=a><a href=a><a href=mailto:x@y><a href=r><a href=http://x/>");
        web.page("http://h/a", "<a href=gone><a href=gone>")
                .redirect("http://h/r", "/a")
                .status("http://x/", 200);

        assertThat(web.crawl().totals()).isEqualTo(new Totals(2, 0, 7, 1, 5, 1, 1, 0, 2));
    }

    @Test
    void aLongChainOfPagesThatAnswerAtOnceDoesNotDeepenTheStack() throws Exception {
        IntStream.range(0, 5_000).forEach(i -> web.page("http://h/" + (i == 0 ? "" : i), "<a href=" + (i + 1) + ">"));

        assertThat(FakeWeb.broken(web.crawl())).containsExactly("http://h/5000 STATUS [http://h/4999]");
    }

    @Test
    void aVisitThatWaitsForItsHostLetsOtherHostsGoFirst() {
        web.page("http://h/", "<a href=http://x/1><a href=http://x/2><a href=http://x/3><a href=http://y/>");
        web.on("http://x/1", Deferred::new).on("http://x/2", Deferred::new).on("http://x/3", Deferred::new);

        Deferred<Report> crawl =
                web.start(FakeWeb.START, FakeWeb.options(new Attempts.Limits(2, 1, 0), CrawlOptions.Outside.CHECK));

        assertThat(web.requests).contains("HEAD http://x/1", "HEAD http://y/").doesNotContain("HEAD http://x/2");
        crawl.cancel();
    }

    @Test
    void aPageWhoseConnectionWasLostIsReadAtTheNextAttempt() {
        Deque<Deferred<Response>> answers = new ArrayDeque<>(List.of(Deferred.fail(new IOException("reset"))));
        web.page("http://h/b", "<a href=gone>");
        web.on(
                "http://h/",
                () -> answers.isEmpty()
                        ? web.fetch(new Request(URI.create("http://h/b"), Request.Form.PAGE))
                        : answers.remove());
        Deferred<Report> crawl = web.start(FakeWeb.START, RETRYING);
        assertThat(crawl.called()).isFalse();

        web.clock.advance(A_PAUSE);

        assertThat(FakeWeb.broken(crawl.outcome().orElseThrow().unwrap()))
                .containsExactly("http://h/gone STATUS [http://h/]");
        assertThat(web.clock.delayedCalls()).isEmpty();
    }

    @Test
    void aHostThatDropsHeadIsAskedByGetAtOnceAndBothAreTriedAgainWhereThatFailsToo() {
        web.page("http://h/", "<a href=http://x/>").on("http://x/", () -> Deferred.fail(new IOException("closed")));
        Deferred<Report> crawl = web.start(FakeWeb.START, RETRYING);
        assertThat(web.requests).containsExactly("PAGE http://h/", "HEAD http://x/", "GET http://x/");

        web.clock.advance(A_PAUSE);

        assertThat(web.requests)
                .containsExactly(
                        "PAGE http://h/", "HEAD http://x/", "GET http://x/", "HEAD http://x/", "GET http://x/");
        assertThat(FakeWeb.broken(crawl.outcome().orElseThrow().unwrap()))
                .containsExactly("http://x/ CONNECTION [http://h/]");
    }
}
