// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.report;

import java.net.URI;
import java.util.List;

/**
 * An address that links point to in vain.
 *
 * @param address as it was looked for, with the fragment
 * @param problem what is wrong with it
 * @param redirects where it led, one hop after the other; empty if nowhere
 * @param links how many links point to it
 * @param linkedFrom the pages they stand in, in alphabetical order; empty for the start page
 */
public record BrokenLink(String address, Problem problem, List<URI> redirects, int links, List<URI> linkedFrom) {}
