// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.report;

import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;

/** Reports to print. */
final class Reports {
    static final URI START = URI.create("http://h/");

    private Reports() {}

    static Report fine() {
        return new Report(START, true, new Totals(1, 0, 1234, 0, 1, 0, 0, 0, 0), List.of(), List.of());
    }

    static Report broken(boolean complete) {
        BrokenLink dead = new BrokenLink(
                "http://h/dead", new Problem(Problem.Kind.STATUS, "404 Not Found"), uris("http://h/b"), 9, pages(8));
        BrokenLink outside = new BrokenLink(
                "http://x/#y",
                new Problem(Problem.Kind.MISSING_ANCHOR, "no such anchor"),
                List.of(),
                1,
                uris("http://h/"));
        Redirect redirect = new Redirect(URI.create("http://h/old"), uris("http://h/new", "http://x/"), 3);
        return new Report(
                START, complete, new Totals(9, 1, 20, 2, 11, 1, 2, 4, 10), List.of(dead, outside), List.of(redirect));
    }

    static List<URI> pages(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> URI.create("http://h/p" + i))
                .toList();
    }

    static List<URI> uris(String... addresses) {
        return List.of(addresses).stream().map(URI::create).toList();
    }
}
