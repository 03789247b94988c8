// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.crawl;

import io.deferred.linkcheck.fetch.Attempts;

/**
 * How to crawl.
 *
 * @param limits how many addresses are asked for at a time, and how often
 * @param outside what becomes of links that leave the site
 * @param maxRedirects how many redirects in a row are followed
 */
public record CrawlOptions(Attempts.Limits limits, Outside outside, int maxRedirects) {
    /** What becomes of links that leave the site. */
    public enum Outside {
        /** They are asked for, and not followed. */
        CHECK,
        /** They are counted. */
        LEAVE
    }
}
