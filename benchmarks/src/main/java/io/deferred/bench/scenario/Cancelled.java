// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.scenario;

import java.util.concurrent.CancellationException;

/** What cancels where a library leaves that to its user: without a stack trace, which would cost more than all the rest. */
final class Cancelled extends CancellationException {
    private static final long serialVersionUID = 1;

    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
