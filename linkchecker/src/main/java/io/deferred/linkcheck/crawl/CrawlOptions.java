// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.crawl;

/**
 * How to crawl.
 *
 * @param concurrency how many addresses are asked for at a time
 * @param outside what becomes of links that leave the site
 * @param maxRedirects how many redirects in a row are followed
 */
public record CrawlOptions(int concurrency, Outside outside, int maxRedirects) {
    /** What becomes of links that leave the site. */
    public enum Outside {
        /** They are asked for, and not followed. */
        CHECK,
        /** They are counted. */
        LEAVE
    }
}
