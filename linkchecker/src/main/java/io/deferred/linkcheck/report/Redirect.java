// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.report;

import java.net.URI;
import java.util.List;

/**
 * An address that is there, but elsewhere.
 *
 * @param address what links point to
 * @param hops where it led, one after the other; the last is the one that answered
 * @param links how many links point to it
 */
public record Redirect(URI address, List<URI> hops, int links) {}
