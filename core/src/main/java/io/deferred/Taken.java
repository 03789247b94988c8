// SPDX-License-Identifier: Apache-2.0
package io.deferred;

/**
 * The result of a Deferred whose own result went to another one that waited for it. Callbacks see null; a second waiter is told who was first. It names
 * the taker and does not refer to it: a finished Deferred must not keep those alive that came after it.
 */
final class Taken extends Masked {
    static final Taken UNLABELLED = new Taken("one without a label (name it with named(...))");

    private final String taker;

    private Taken(String taker) {
        super(null);
        this.taker = taker;
    }

    static Taken by(Pipeline taker) {
        String name = taker.nameIfAny();
        return name == null ? UNLABELLED : new Taken(name);
    }

    /** The failure of the second waiter. */
    static Failure again(Pipeline source, Taken first, Pipeline second) {
        return Failure.in(
                second,
                new IllegalStateException(source.describe() + " was returned from a callback of "
                        + second.describe()
                        + ", but its result was already taken by another Deferred that waited for it, "
                        + first.taker + "; return fork() of it to give the result to several"));
    }

    /** What stands for it where the result is handed on: plain null. */
    static Object asGiven(Object slot) {
        return slot instanceof Taken ? NIL : slot;
    }
}
