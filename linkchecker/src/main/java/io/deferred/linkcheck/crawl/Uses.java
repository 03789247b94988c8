// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.crawl;

import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Where one destination is linked from. Guarded by the ledger that it belongs to. */
final class Uses {
    private final SortedSet<URI> pages = new TreeSet<>(Comparator.comparing(URI::toString));
    private int links;

    void add(URI page) {
        links++;
        pages.add(page);
    }

    int links() {
        return links;
    }

    List<URI> pages() {
        return new ArrayList<>(pages);
    }
}
