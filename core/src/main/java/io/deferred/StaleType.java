// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import org.jspecify.annotations.Nullable;

/**
 * Finds the callback that was given a value of another type than it wants. The compiler excludes that, but for who goes on with an older reference to a Deferred than the one that the add method has returned, which has the type of
 * the result by then.
 */
final class StaleType {
    private StaleType() {}

    /**
     * What has happened, if it is that; null if the exception is the callback's own, as far as that can be told: the cast stands in no line of the callback, but in the code of the compiler or of the JVM around it.
     */
    static @Nullable String explain(Throwable thrown, @Nullable Object given) {
        if (thrown.getClass() != ClassCastException.class // a user's own kind of it has methods of the user
                || (given instanceof Failure failure && failure.exception() == thrown)) {
            return null;
        }
        StackTraceElement[] stack = thrown.getStackTrace();
        return stack.length > 1 && isBeforeTheCallback(stack[0], stack[1])
                ? "it met a value of another type: " + thrown.getMessage()
                        + "; go on with the reference that the method has returned that added the callback before it"
                : null;
    }

    /** In this library, where a lambda is called: its own frame is hidden. Or in the bridge of a class that implements the function: the method for values of any type, which casts and calls the other one. */
    private static boolean isBeforeTheCallback(StackTraceElement top, StackTraceElement caller) {
        boolean isBridge =
                top.getMethodName().equals("call") || top.getMethodName().equals("accept");
        return Site.isLibrarys(top.getClassName()) || (isBridge && Site.isLibrarys(caller.getClassName()));
    }
}
