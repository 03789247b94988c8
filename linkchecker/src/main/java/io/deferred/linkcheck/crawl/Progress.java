// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.crawl;

/**
 * How far a crawl is, in numbers of one moment.
 *
 * @param answered addresses that have answered, or failed to
 * @param known addresses that are known so far
 * @param pages pages that were read
 */
public record Progress(int answered, int known, int pages) {}
