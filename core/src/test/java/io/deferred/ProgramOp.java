// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.Locale;

/**
 * One thing that a thread of a {@link RandomProgram} does. Deferreds are named by their numbers; -1 stands for none.
 *
 * @param node what it is done to, or, for those that make one, the new one
 * @param first another one that has to do with it
 * @param second one more
 * @param sides of what is added
 * @param act what a callback that is added does, to {@code first} if to anybody
 */
record ProgramOp(What what, int node, int first, int second, Sides sides, Act act) {
    /** The kinds of things. */
    enum What {
        FIRE,
        FAIL,
        ADD,
        CANCEL,
        /** For a moment. */
        PAUSE,
        /** Until the thread has done its other operations. */
        HOLD,
        /** Until all threads have. */
        HOLD_TO_THE_END,
        FORWARD,
        TIMEOUT,
        ADVANCE,
        NAME,
        REPORT,
        PUT,
        /** The last of a thread, which goes on when the others are done and all has been fired. */
        AWAIT,
        FORK(true),
        GATHER(true),
        GATHER_CONSUMING(true),
        LIST(true),
        FIRST(true),
        JOIN(true),
        RACE(true),
        ACQUIRE_LOCK(true),
        ACQUIRE_TOKEN(true),
        RUN_LOCKED(true),
        RUN_WITH_TOKEN(true),
        GET(true),
        ASYNC(true);

        private final boolean makes;

        What() {
            this(false);
        }

        What(boolean makes) {
            this.makes = makes;
        }

        /** Whether it makes the Deferred that it names first. */
        boolean makes() {
            return makes;
        }
    }

    /** What a callback does. */
    enum Act {
        PASS,
        CHANGE,
        THROW,
        RETURN,
        ADD_MORE,
        CANCEL,
        FIRE,
        PAUSE
    }

    /** Which results a callback is for. */
    enum Sides {
        BOTH,
        VALUES,
        FAILURES
    }

    static ProgramOp of(What what, int node, int first, int second) {
        return new ProgramOp(what, node, first, second, Sides.BOTH, Act.PASS);
    }

    static ProgramOp add(int node, Sides sides, Act act, int first) {
        return new ProgramOp(What.ADD, node, first, -1, sides, act);
    }

    boolean mentions(int number) {
        return node == number || first == number || second == number;
    }

    /** Whether it is this, done to that one. */
    boolean is(What kind, int number) {
        return what == kind && node == number;
    }

    /** Whether it adds a callback to that one which returns another. */
    boolean isReturn() {
        return what == What.ADD && act == Act.RETURN;
    }

    boolean cancels() {
        return what == What.CANCEL || what == What.RACE || (what == What.ADD && act == Act.CANCEL);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(word(what));
        append(text, node);
        if (what == What.ADD) {
            text.append(" for ").append(word(sides)).append(": ").append(word(act));
        } else if (what.makes() && first >= 0) {
            text.append(" of");
        }
        append(text, first);
        append(text, second);
        return text.toString();
    }

    private static void append(StringBuilder text, int number) {
        if (number >= 0) {
            text.append(' ').append(number);
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
