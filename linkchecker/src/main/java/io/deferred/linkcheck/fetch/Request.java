// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.fetch;

import java.net.URI;

/**
 * What is asked of a server.
 *
 * @param address http or https, without a fragment
 * @param form how much is asked for
 */
public record Request(URI address, Form form) {
    /** How much of the answer is wanted. */
    public enum Form {
        /** The head alone, by HEAD. */
        HEAD,
        /** The head alone, by GET: for servers that refuse HEAD. */
        GET,
        /** The head, and the body too if it is a page in HTML. */
        PAGE
    }
}
