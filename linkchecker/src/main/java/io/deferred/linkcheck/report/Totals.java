// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.report;

/**
 * Numbers.
 *
 * @param pages pages that were read for links and anchors
 * @param cutPages those of them that were longer than the limit, and not read to their end
 * @param links links in them, repeated ones too
 * @param ignored those of the links that are of no kind that is checked: mailto: and the like
 * @param addresses addresses that were asked for
 * @param outside those of them that are not part of the site
 * @param redirected those of the addresses that answered with a redirect
 * @param unchecked addresses that were not asked for, because they are outside or because it was interrupted
 * @param brokenLinks links that are broken, repeated ones too
 */
public record Totals(
        int pages,
        int cutPages,
        int links,
        int ignored,
        int addresses,
        int outside,
        int redirected,
        int unchecked,
        int brokenLinks) {}
