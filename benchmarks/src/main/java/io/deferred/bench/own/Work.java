// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.own;

import java.util.function.Supplier;

/**
 * Something done with our own Deferreds, whose bytes have a limit.
 *
 * @param name as in the file of limits
 * @param given makes what is there before, which is not counted
 * @param body is given that, and returns what is kept
 * @param parts how many equal parts the body has; the limit is for one
 * @param <G> what is given
 */
record Work<G>(String name, Supplier<G> given, Body<G> body, int parts) {
    /** What is counted. */
    @FunctionalInterface
    interface Body<G> {
        Object run(G given);
    }

    private static final Object NOTHING = new Object();

    /** One that begins with nothing. */
    static Work<?> of(String name, Supplier<?> body) {
        return given(name, () -> NOTHING, nothing -> body.get());
    }

    /** One for which something is there before. */
    static <G> Work<G> given(String name, Supplier<G> given, Body<G> body) {
        return new Work<>(name, given, body, 1);
    }

    /** The same, for a part of it. */
    Work<G> perPart(int count) {
        return new Work<>(name, given, body, count);
    }
}
