// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import java.io.IOException;
import java.io.Serial;

/** A server has sent a client on more often than {@link HttpAgentOptions#maxRedirects()} allows. */
public final class TooManyRedirectsException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    TooManyRedirectsException(HttpRequest request, int limit, HttpRequest next) {
        super(request + ": more than " + limit + " redirects; the next would have been " + next);
    }
}
