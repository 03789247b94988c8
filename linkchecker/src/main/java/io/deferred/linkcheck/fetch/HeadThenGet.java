// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.fetch;

import io.deferred.Deferred;
import io.deferred.Failure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;

/**
 * Finds out whether something is there, with as little traffic as the server allows: by HEAD, and by GET where HEAD is
 * refused or the connection is dropped.
 */
public final class HeadThenGet {
    private final Fetcher fetcher;

    /**
     * Makes one.
     *
     * @param fetcher sends both requests
     */
    public HeadThenGet(Fetcher fetcher) {
        this.fetcher = fetcher;
    }

    /**
     * Asks by HEAD, then perhaps by GET.
     *
     * @param address what to look for
     * @return the answer that counts, without a body
     */
    public Deferred<Response> ask(URI address) {
        return fetcher.fetch(new Request(address, Request.Form.HEAD))
                .chainCallbacks(
                        answer -> answer.status() >= 400 ? get(address) : Deferred.succeed(answer),
                        failure -> isDropped(failure) ? get(address) : Deferred.fail(failure));
    }

    private Deferred<Response> get(URI address) {
        return fetcher.fetch(new Request(address, Request.Form.GET));
    }

    /** A server that is there but closes the connection may do so because it does not know HEAD. */
    private static boolean isDropped(Failure failure) {
        Throwable error = failure.exception();
        return error instanceof IOException
                && !(error instanceof ConnectException)
                && !(error instanceof HttpTimeoutException);
    }
}
