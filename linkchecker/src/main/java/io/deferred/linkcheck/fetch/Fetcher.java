// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.fetch;

import io.deferred.Deferred;

/** Asks one server once. What repeats, limits or measures requests is a Fetcher round another one. */
@FunctionalInterface
public interface Fetcher {
    /**
     * Sends a request. Redirects are not followed: they are an answer like any other.
     *
     * @param request what to ask
     * @return the answer, whatever its status; a failure if there was none. Cancelling it ends the request and its
     * connection
     */
    Deferred<Response> fetch(Request request);
}
