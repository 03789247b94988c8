// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.crawl;

import java.net.URI;

/** What a link points to. */
sealed interface Destination {
    /**
     * Something that can be asked for.
     *
     * @param address without the fragment, in the form that makes two ways to write it equal
     * @param fragment as it stands in the link, or empty
     */
    record Web(URI address, String fragment) implements Destination {
        @Override
        public String toString() {
            return fragment.isEmpty() ? address.toString() : address + "#" + fragment;
        }
    }

    /**
     * Something that is not for a link checker: mailto: and the like.
     *
     * @param scheme what stands before the colon
     */
    record Other(String scheme) implements Destination {}

    /**
     * Nothing.
     *
     * @param text the link
     * @param why what is wrong with it
     */
    record Malformed(String text, String why) implements Destination {}
}
