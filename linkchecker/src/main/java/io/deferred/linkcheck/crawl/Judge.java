// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.crawl;

import io.deferred.linkcheck.report.BrokenLink;
import io.deferred.linkcheck.report.Problem;
import io.deferred.linkcheck.report.Redirect;
import io.deferred.linkcheck.report.Report;
import io.deferred.linkcheck.report.Totals;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Says of each link whether it is broken, from what is in a closed ledger. */
final class Judge {
    private static final Comparator<URI> BY_TEXT = Comparator.comparing(URI::toString);

    private final Ledger ledger;
    private final Site site;
    private final URI start;
    private final List<BrokenLink> broken = new ArrayList<>();
    private final Map<URI, Redirect> redirects = new TreeMap<>(BY_TEXT);

    Judge(Ledger ledger, Site site, URI start) {
        this.ledger = ledger;
        this.site = site;
        this.start = start;
    }

    Report report(boolean complete) {
        ledger.uses().forEach(this::judge);
        Destination.Web startItself = new Destination.Web(start, "");
        if (!ledger.uses().containsKey(startItself)) {
            judge(startItself, new Uses());
        }
        ledger.malformed()
                .forEach((bad, uses) ->
                        add(bad.text(), new Problem(Problem.Kind.BAD_ADDRESS, bad.why()), List.of(), uses));
        broken.sort(Comparator.comparing(this::isOutside).thenComparing(BrokenLink::address));
        return new Report(start, complete, totals(), broken, List.copyOf(redirects.values()));
    }

    private void judge(Destination.Web destination, Uses uses) {
        Trail trail = Trail.from(destination.address(), ledger.answers());
        Answer end = trail.end().orElse(null);
        if (end instanceof Answer.Refused refused) {
            add(destination.toString(), refused.problem(), trail.hops(), uses);
        } else if (end instanceof Answer.Found found
                && found.anchors()
                        .filter(anchors -> !anchors.has(destination.fragment()))
                        .isPresent()) {
            Problem problem = new Problem(Problem.Kind.MISSING_ANCHOR, "the page has no such anchor");
            add(destination.toString(), problem, trail.hops(), uses);
        } else if (!trail.hops().isEmpty()) {
            redirects.merge(
                    destination.address(),
                    new Redirect(destination.address(), trail.hops(), uses.links()),
                    (a, b) -> new Redirect(a.address(), a.hops(), a.links() + b.links()));
        }
    }

    private boolean isOutside(BrokenLink link) {
        return !(AddressReader.read(link.address()) instanceof Destination.Web web && site.contains(web.address()));
    }

    private void add(String address, Problem problem, List<URI> hops, Uses uses) {
        broken.add(new BrokenLink(address, problem, hops, uses.links(), uses.pages()));
    }

    private Totals totals() {
        Ledger.Counts counts = ledger.counts();
        Set<URI> asked = ledger.answers().keySet();
        return new Totals(
                counts.pages(),
                counts.cutPages(),
                counts.links(),
                counts.ignored(),
                asked.size(),
                (int) asked.stream().filter(address -> !site.contains(address)).count(),
                (int) ledger.answers().values().stream()
                        .filter(Answer.Moved.class::isInstance)
                        .count(),
                unasked(asked).size(),
                broken.stream().mapToInt(BrokenLink::links).sum());
    }

    private Set<URI> unasked(Set<URI> asked) {
        Set<URI> known = new HashSet<>();
        known.add(start);
        ledger.uses().keySet().forEach(destination -> known.add(destination.address()));
        ledger.answers().values().forEach(answer -> {
            if (answer instanceof Answer.Moved moved) {
                known.add(moved.target());
            }
        });
        known.removeAll(asked);
        return known;
    }
}
