// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import java.io.IOException;
import java.io.Serial;

/** A body is larger than its limit. What has come of it is dropped, and the exchange is aborted. */
public final class BodyTooLargeException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    BodyTooLargeException(String what, long limit) {
        super(what + ": its body is larger than the limit of " + limit + " bytes");
    }
}
