// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.crawl;

import io.deferred.linkcheck.fetch.ConnectionFailures;
import io.deferred.linkcheck.report.Problem;
import io.deferred.linkcheck.report.Problem.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Says in a few words why there was no answer. */
final class FetchProblems {
    private FetchProblems() {}

    static Problem of(Throwable error) {
        if (error instanceof TimeoutException) {
            return new Problem(Kind.TIMEOUT, "no answer in time");
        }
        if (error instanceof CancellationException) {
            return new Problem(Kind.CONNECTION, "cancelled");
        }
        if (error instanceof ConnectException) {
            return new Problem(
                    Kind.CONNECTION, ConnectionFailures.isUnresolved(error) ? "no such host" : "no connection");
        }
        if (error instanceof SSLException) {
            return new Problem(Kind.CONNECTION, "no secure connection: " + error.getMessage());
        }
        if (error instanceof IOException) {
            return new Problem(Kind.CONNECTION, "connection lost: " + error.getMessage());
        }
        if (error instanceof IllegalArgumentException) {
            return new Problem(Kind.BAD_ADDRESS, "not an address: " + error.getMessage());
        }
        return new Problem(Kind.UNREADABLE, error.toString());
    }
}
