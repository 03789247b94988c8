// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import org.jspecify.annotations.Nullable;

/** What was written before a result was given, in plain fields: whoever is given the result must see it. */
final class ProgramMark {
    private final int node;

    // plain, on purpose
    private @Nullable ProgramNode maker;
    private int callbacks;

    /** The mark of a result that is made for the Deferred with this number. */
    ProgramMark(int node) {
        this.node = node;
    }

    int node() {
        return node;
    }

    /**
     * Called before the result is given.
     *
     * @param by the Deferred one of whose callbacks gives it
     */
    void write(ProgramNode by) {
        maker = by;
        callbacks = by.callbacksSoFar();
    }

    /** The same for one who is no callback. */
    void writeOutside(ProgramNode to) {
        maker = to;
    }

    /** Whether this thread sees what was written, and what the callbacks had written until then. */
    boolean isSeen() {
        return maker != null && maker.callbacksSoFar() >= callbacks;
    }
}
