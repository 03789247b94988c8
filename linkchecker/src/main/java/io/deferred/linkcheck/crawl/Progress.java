// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.crawl;

/** Is told how far the crawl is. */
@FunctionalInterface
public interface Progress {
    /**
     * Called by whichever thread has brought an answer, for each answer; no lock is held.
     *
     * @param answered addresses that have answered, or failed to
     * @param known addresses that are known so far
     * @param pages pages that were read
     */
    void answered(int answered, int known, int pages);
}
