// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.report;

/**
 * Why a link is broken.
 *
 * @param kind for programs
 * @param text for people
 */
public record Problem(Kind kind, String text) {
    /** What can be wrong. */
    public enum Kind {
        /** The server said so: 404 and the like. */
        STATUS,
        /** No answer in time. */
        TIMEOUT,
        /** No connection, or none that lasted. */
        CONNECTION,
        /** Redirects that come back to where they began. */
        REDIRECT_LOOP,
        /** More redirects in a row than are followed. */
        TOO_MANY_REDIRECTS,
        /** A redirect to nowhere. */
        BAD_REDIRECT,
        /** The page is there, the fragment is not. */
        MISSING_ANCHOR,
        /** No address at all. */
        BAD_ADDRESS,
        /** The page is there and could not be read. */
        UNREADABLE
    }
}
