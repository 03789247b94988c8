// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.page;

/**
 * A link as it stands in a page.
 *
 * @param text the value of the attribute
 * @param address the same, made absolute; the text itself if that was not possible
 */
public record Link(String text, String address) {}
