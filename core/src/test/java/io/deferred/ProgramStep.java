// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import org.jspecify.annotations.Nullable;

/** A callback of a random program, and what is seen when it runs. */
final class ProgramStep {
    /** What it does. */
    @FunctionalInterface
    interface Work {
        /**
         * Does it.
         *
         * @return a value, a Failure, a {@link ProgramError} that is to be thrown, or a {@link ProgramNode} whose Deferred is to be returned
         */
        @Nullable
        Object perform(ProgramNode node, @Nullable Object given);
    }

    // immutable
    final ProgramOp.Sides sides;
    final int by;
    final int number;
    private final ProgramNode node;
    private final Work work;
    private final int[] after;

    // plain, on purpose
    private boolean isPrepared;

    // plain, written by the run
    private int position = -1;
    private @Nullable Object input;
    private @Nullable Object output;

    /**
     * One that is about to be added.
     *
     * @param by the thread that adds it
     * @param number how many this thread has added to that Deferred, this one included
     * @param after how many each thread had added to it for certain
     */
    ProgramStep(ProgramNode node, ProgramOp.Sides sides, Work work, int by, int number, int[] after) {
        this.node = node;
        this.sides = sides;
        this.work = work;
        this.by = by;
        this.number = number;
        this.after = after;
    }

    /** Adds it; what was written before must be seen by it. */
    void addTo(Deferred<Object> deferred) {
        isPrepared = true;
        Callback<@Nullable Object, @Nullable Object> forValue = value -> call(value, false);
        Callback<@Nullable Object, @Nullable Object> forFailure = failure -> call(failure, true);
        switch (sides) {
            case BOTH -> deferred.addCallbacks(forValue, forFailure).called();
            case VALUES -> deferred.addCallback(forValue).called();
            case FAILURES -> deferred.addErrback(forFailure);
        }
    }

    private @Nullable Object call(@Nullable Object given, boolean forFailure) throws ProgramError {
        if (!isPrepared) {
            node.problem(this + " does not see what was written before it was added");
        }
        if (given instanceof Failure != forFailure) {
            node.problem(this + " was given " + given + " on the wrong side");
        }
        if (position >= 0) {
            node.problem(this + " ran twice");
        }
        position = node.enter(this, given);
        input = given;
        Object result = work.perform(node, given);
        output = result;
        node.leave(this);
        if (result instanceof ProgramError error) {
            throw error;
        }
        return result instanceof ProgramNode other ? other.deferred() : result;
    }

    /** How many callbacks of this Deferred ran before it; negative if it has not run. */
    int position() {
        return position;
    }

    @Nullable
    Object input() {
        return input;
    }

    @Nullable
    Object output() {
        return output;
    }

    /** How many of the callbacks that this thread has added must run before this one. */
    int after(int thread) {
        return after[thread];
    }

    @Override
    public String toString() {
        return "callback " + number + " by " + by + " of " + node.id();
    }
}
