// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import java.io.IOException;
import java.io.Serial;

/** A peer has sent a line or a frame that is longer than its limit: the cause of {@link LossReason#FRAME_TOO_LONG}. */
public final class FrameTooLongException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    FrameTooLongException(String what, long limit) {
        super(what + " is longer than the limit of " + limit + " bytes");
    }
}
