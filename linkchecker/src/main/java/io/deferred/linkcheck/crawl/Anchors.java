// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.crawl;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.Set;

/**
 * The places in a page that a fragment can point to.
 *
 * @param names ids, and the names of a elements
 */
record Anchors(Set<String> names) {
    /** Separates the fragment from directions to the browser, which are not for the page. */
    private static final String DIRECTIVE = ":~:";

    /** Looks for a fragment as HTML says: as it stands, then decoded; the top is always there. */
    boolean has(String fragment) {
        int directive = fragment.indexOf(DIRECTIVE);
        String name = directive < 0 ? fragment : fragment.substring(0, directive);
        return name.isEmpty() || names.contains(name) || hasDecoded(name);
    }

    private boolean hasDecoded(String name) {
        String decoded = decode(name);
        return names.contains(decoded) || decoded.equalsIgnoreCase("top");
    }

    private static String decode(String name) {
        // Every percent sign has its two digits: the address was read so. A plus is a blank in forms only.
        return URLDecoder.decode(name.replace("+", "%2B"), UTF_8);
    }
}
