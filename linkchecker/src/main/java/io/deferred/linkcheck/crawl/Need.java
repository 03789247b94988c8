// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.crawl;

/** What the crawl has to know of an address. A later one includes those before it. */
enum Need {
    /** Whether it is there. */
    EXISTENCE,
    /** Its anchors too. */
    ANCHORS,
    /** Its links too, which are then followed. */
    LINKS
}
