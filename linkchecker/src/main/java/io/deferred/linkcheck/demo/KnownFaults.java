// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.demo;

import io.deferred.linkcheck.report.BrokenLink;
import io.deferred.linkcheck.report.Problem.Kind;
import io.deferred.linkcheck.report.Report;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is wrong with the demonstration site, and has to be found: all of it, and nothing else. */
public final class KnownFaults {
    private final Map<String, Kind> known = new TreeMap<>();

    private KnownFaults() {}

    /**
     * Returns the faults of one.
     *
     * @param site is running: the addresses have its ports
     */
    public static KnownFaults of(DemoSite site) {
        KnownFaults faults = new KnownFaults();
        URI start = site.start();
        faults.add(start, "gone.html", Kind.STATUS);
        faults.add(start, "gone.png", Kind.STATUS);
        faults.add(start, "fault.html", Kind.STATUS);
        faults.add(start, "slow.html", Kind.TIMEOUT);
        faults.add(start, "chapter.html#no-such-place", Kind.MISSING_ANCHOR);
        faults.add(start, "old-and-gone.html", Kind.STATUS);
        faults.add(start, "circle/one", Kind.REDIRECT_LOOP);
        faults.add(start, "only-the-utf-16-page-links-here.html", Kind.STATUS);
        faults.add(start, "only-the-broken-page-links-here.html", Kind.STATUS);
        faults.add(start, "only-the-large-page-links-here.html", Kind.STATUS);
        faults.add(site.elsewhere(), "gone.html", Kind.STATUS);
        faults.add(site.elsewhere(), "page.html#no-such-place", Kind.MISSING_ANCHOR);
        faults.add(site.nobody(), "", Kind.CONNECTION);
        faults.known.put("http://[no host", Kind.BAD_ADDRESS);
        return faults;
    }

    private void add(URI base, String rest, Kind kind) {
        known.put(base + rest, kind);
    }

    /**
     * Compares.
     *
     * @param report what was found
     * @return one line for each difference; none if it is as it should be
     */
    public List<String> differences(Report report) {
        Map<String, Kind> missed = new TreeMap<>(known);
        List<String> differences = new ArrayList<>();
        for (BrokenLink link : report.broken()) {
            Kind kind = link.problem().kind();
            if (!missed.remove(link.address(), kind)) {
                differences.add("Not known to be broken this way: " + link.address() + " (" + kind + ")");
            }
        }
        missed.forEach((address, kind) ->
                differences.add("Known to be broken, and not found: " + address + " (" + kind + ")"));
        return differences;
    }
}
