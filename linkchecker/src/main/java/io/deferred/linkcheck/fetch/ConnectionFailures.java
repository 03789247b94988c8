// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.fetch;

import java.io.IOException;
import java.net.ProtocolException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Tells the reasons for which there was no answer from one another. */
public final class ConnectionFailures {
    private ConnectionFailures() {}

    /**
     * Tells whether a moment later it may be otherwise: a connection that was refused, reset or closed. Not so a
     * time-out, which has taken its time; nor what the server itself has said, in its certificate or against the
     * protocol; nor a name that is not known, because the JVM remembers that for longer than anybody waits here.
     *
     * @param error why a request failed
     */
    static boolean mayPass(Throwable error) {
        return error instanceof IOException
                && !(error instanceof HttpTimeoutException)
                && !(error instanceof SSLException)
                && !(error instanceof ProtocolException)
                && !isUnresolved(error);
    }

    /**
     * Tells whether the host's name is not known. The client has that somewhere among the causes.
     *
     * @param error why a request failed
     */
    public static boolean isUnresolved(Throwable error) {
        for (@Nullable Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return true;
            }
        }
        return false;
    }
}
