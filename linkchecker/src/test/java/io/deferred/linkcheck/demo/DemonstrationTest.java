// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.Scheduler;
import io.deferred.linkcheck.crawl.Crawl;
import io.deferred.linkcheck.crawl.CrawlOptions;
import io.deferred.linkcheck.fetch.Attempts;
import io.deferred.linkcheck.fetch.HttpFetcher;
import io.deferred.linkcheck.fetch.TimedFetcher;
import io.deferred.linkcheck.page.JsoupPageParser;
import io.deferred.linkcheck.report.BrokenLink;
import io.deferred.linkcheck.report.Problem;
import io.deferred.linkcheck.report.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemonstrationTest {
    @Test
    void justTheKnownFaultsAreFound() throws Exception {
        try (DemoSite site = new DemoSite()) {
            Report report = crawl(site);

            assertThat(KnownFaults.of(site).differences(report)).isEmpty();
            assertThat(report.broken()).hasSize(14);
            assertThat(report.redirects())
                    .extracting(redirect -> redirect.address().getPath())
                    .containsExactly("/old.html");
        }
    }

    @Test
    void aFaultMoreAFaultLessAndAnotherReasonAreDifferences() throws Exception {
        try (DemoSite site = new DemoSite()) {
            Report report = crawl(site);
            List<BrokenLink> broken = new ArrayList<>(report.broken());
            BrokenLink missed = broken.remove(0);
            BrokenLink changed = broken.remove(0);
            broken.add(with(changed.address(), Problem.Kind.UNREADABLE));
            broken.add(with("http://new/", Problem.Kind.STATUS));
            Report other = new Report(report.start(), true, report.totals(), broken, report.redirects());

            assertThat(KnownFaults.of(site).differences(other))
                    .anySatisfy(line -> assertThat(line).contains("not found: " + missed.address()))
                    .anySatisfy(line -> assertThat(line).contains("not found: " + changed.address()))
                    .anySatisfy(line -> assertThat(line).contains(changed.address() + " (UNREADABLE)"))
                    .anySatisfy(line -> assertThat(line).contains("http://new/"))
                    .hasSize(4);
        }
    }

    private static BrokenLink with(String address, Problem.Kind kind) {
        return new BrokenLink(address, new Problem(kind, "x"), List.of(), 1, List.of());
    }

    private static Report crawl(DemoSite site) throws Exception {
        return new Crawl(
                        site.start(),
                        new CrawlOptions(new Attempts.Limits(16, 8, 2), CrawlOptions.Outside.CHECK, 10),
                        new TimedFetcher(new HttpFetcher(), Duration.ofSeconds(8), Scheduler.system()),
                        new JsoupPageParser(),
                        Scheduler.system())
                .run()
                .get(Duration.ofSeconds(120));
    }
}
