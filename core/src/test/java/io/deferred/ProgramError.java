// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.io.Serial;

/** An error that a random program gives, each once: cheap, because most of them are of no interest. */
final class ProgramError extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient ProgramMark mark;

    ProgramError(ProgramMark mark, int by, int number) {
        super("error " + number + " by " + by + " for " + mark.node(), null, false, false);
        this.mark = mark;
    }

    ProgramMark mark() {
        return mark;
    }
}
