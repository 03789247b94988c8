// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.crawl;

import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.linkcheck.report.BrokenLink;
import io.deferred.linkcheck.report.Redirect;
import io.deferred.linkcheck.report.Report;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedirectTest {
    private final FakeWeb web = new FakeWeb();

    @Test
    void aRedirectIsFollowedAndShown() throws Exception {
        web.page("http://h/", "<a href=a><a href=a#x>")
                .redirect("http://h/a", "b")
                .redirect("http://h/b", "http://h/c");
        web.page("http://h/c", "<p id=x><a href=gone>");

        Report report = web.crawl();

        assertThat(report.redirects())
                .containsExactly(new Redirect(URI.create("http://h/a"), uris("http://h/b", "http://h/c"), 2));
        assertThat(report.totals().redirected()).isEqualTo(2);
        assertThat(FakeWeb.broken(report)).containsExactly("http://h/gone STATUS [http://h/c]");
    }

    @Test
    void aPageThatSeveralRedirectsLeadToIsReadOnce() throws Exception {
        web.page("http://h/", "<a href=a><a href=b><a href=c>")
                .redirect("http://h/a", "/c")
                .redirect("http://h/b", "/c");
        web.page("http://h/c", "");

        web.crawl();

        assertThat(web.requests).containsOnlyOnce("PAGE http://h/c");
    }

    @Test
    void aBrokenLinkTellsTheWayThatLedThere() throws Exception {
        web.page("http://h/", "<a href=a><a href=b#x>")
                .redirect("http://h/a", "gone")
                .redirect("http://h/b", "c");
        web.page("http://h/c", "<p id=y>");

        List<BrokenLink> broken = web.crawl().broken();

        assertThat(broken).extracting(BrokenLink::address).containsExactly("http://h/a", "http://h/b#x");
        assertThat(broken).extracting(BrokenLink::redirects).containsExactly(uris("http://h/gone"), uris("http://h/c"));
    }

    @Test
    void aLoopIsFoundWhereverOneEntersIt() throws Exception {
        web.page("http://h/", "<a href=a><a href=c><a href=self>")
                .redirect("http://h/a", "b")
                .redirect("http://h/b", "a");
        web.redirect("http://h/c", "b").redirect("http://h/self", "self");

        Report report = web.crawl();

        assertThat(FakeWeb.broken(report))
                .containsExactly(
                        "http://h/a REDIRECT_LOOP [http://h/]",
                        "http://h/c REDIRECT_LOOP [http://h/]",
                        "http://h/self REDIRECT_LOOP [http://h/]");
        assertThat(report.broken().get(0).redirects()).isEqualTo(uris("http://h/b", "http://h/a"));
        assertThat(web.requests).doesNotHaveDuplicates();
    }

    @Test
    void moreRedirectsThanTheLimitAreNotFollowed() throws Exception {
        web.page("http://h/", "<a href=r0><a href=s0>");
        for (int i = 0; i < 20; i++) {
            web.redirect("http://h/r" + i, "r" + (i + 1));
        }
        for (int i = 0; i < 5; i++) {
            web.redirect("http://h/s" + i, "s" + (i + 1));
        }
        web.page("http://h/s5", "");

        assertThat(FakeWeb.broken(web.crawl())).containsExactly("http://h/r0 TOO_MANY_REDIRECTS [http://h/]");
        assertThat(web.requests).contains("PAGE http://h/r5").doesNotContain("PAGE http://h/r6");
    }

    @Test
    void aRedirectToNowhereIsBroken() throws Exception {
        web.page("http://h/", "<a href=a><a href=b>")
                .redirect("http://h/a", "mailto:x@y")
                .status("http://h/b", 302);

        assertThat(FakeWeb.broken(web.crawl()))
                .containsExactly("http://h/a BAD_REDIRECT [http://h/]", "http://h/b STATUS [http://h/]");
    }

    @Test
    void aSiteWhoseStartPageHasMovedIsTheOneItMovedTo() throws Exception {
        web.redirect("http://h/", "https://www.h/")
                .page("https://www.h/", "<a href=a>")
                .page("https://www.h/a", "");

        assertThat(web.crawl().totals().pages()).isEqualTo(2);
    }

    @Test
    void aFragmentOutsideIsLookedForBehindTheRedirect() throws Exception {
        web.page("http://h/", "<a href=http://x/#y>")
                .redirect("http://x/", "/z")
                .page("http://x/z", "<p id=w>");

        assertThat(FakeWeb.broken(web.crawl())).containsExactly("http://x/#y MISSING_ANCHOR [http://h/]");
    }

    private static List<URI> uris(String... addresses) {
        return List.of(addresses).stream().map(URI::create).toList();
    }
}
