// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.report;

import java.net.URI;
import java.util.List;

/**
 * What one crawl found.
 *
 * @param start the page that it began with
 * @param complete false if it was stopped before its end
 * @param totals numbers
 * @param broken what is broken: in the site first, then outside, each in alphabetical order
 * @param redirects what has moved, in alphabetical order
 */
public record Report(URI start, boolean complete, Totals totals, List<BrokenLink> broken, List<Redirect> redirects) {
    /** Tells whether nothing is broken, as far as it was checked. */
    public boolean fine() {
        return broken.isEmpty();
    }
}
