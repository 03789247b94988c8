// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.util.Objects;

/**
 * The loop of every contender. Each has a copy of this class to itself, with profile and compiled code of its own: in a shared loop the operation would be a call that the JIT cannot see through, and what
 * one contender does would decide how the others are compiled.
 */
final class BurstLoop implements Burst {
    @Override
    public void run(Op op, Object expected, int times) throws Throwable {
        for (int i = 0; i < times; i++) {
            Object result = op.run();
            if (result != expected) {
                throw new AssertionError("the result was to be " + expected + ", not " + result);
            }
        }
    }

    /** A copy of its own. */
    static Burst copy() {
        try (InputStream in = BurstLoop.class.getResourceAsStream("BurstLoop.class")) {
            byte[] bytes = Objects.requireNonNull(in).readAllBytes();
            Class<?> copy =
                    MethodHandles.lookup().defineHiddenClass(bytes, true).lookupClass();
            return (Burst) copy.getDeclaredConstructor().newInstance();
        } catch (IOException | ReflectiveOperationException e) {
            throw new IllegalStateException("the loop could not be copied", e);
        }
    }
}
