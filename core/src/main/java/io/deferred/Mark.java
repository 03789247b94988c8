// SPDX-License-Identifier: Apache-2.0
package io.deferred;

/** The states and stage kinds that carry nothing but their name. */
final class Mark extends Token {
    /** Unfired; the first stage stands in the two fields of the pipeline. */
    static final Mark ONE = new Mark("one stage");
    /** A thread is in the middle of a change of a few instructions; everybody else spins. */
    static final Mark BUSY = new Mark("busy");
    /** In the place of an errback: the stage fires another Deferred with the result and goes on with null. */
    static final Mark FORWARD = new Mark("forward");
    /** In the place of an errback: the stage fires another Deferred with the result and keeps it. */
    static final Mark FORK = new Mark("fork");
    /** In the place of an errback: on the value side is the {@link Loop} that is to have the next turn. */
    static final Mark LOOP = new Mark("loop");
    /** In the place of an errback: on the value side is a {@link HopStage}, for values and failures. */
    static final Mark HOP = new Mark("hop");
    /** In the place of an errback: a stage has returned the Deferred on the value side, which is now to be waited for. */
    static final Mark RETURNED = new Mark("returned");
    /** In the place of an errback: the Deferred on the value side waits no more. */
    static final Mark STRUCK = new Mark("struck");
    /** In the place of a callback, on top of a running pipeline: not a stage, but a cancel for what the run waits for next. */
    static final Mark CANCEL = new Mark("cancel");
    /** An answer: unfired, and empty. */
    static final Mark EMPTY = new Mark("empty");
    /** An answer: it has fired meanwhile and has a result to give. */
    static final Mark RETRY = new Mark("retry");

    private final String name;

    private Mark(String name) {
        this.name = name;
    }

    @Override
    public String toString() {
        return name;
    }
}
