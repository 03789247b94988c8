// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.page;

import java.util.List;
import java.util.Set;

/**
 * What matters of a page in HTML.
 *
 * @param links in the order of the page, repeated where the page repeats them
 * @param anchors what a fragment can point to
 */
public record Page(List<Link> links, Set<String> anchors) {}
