// SPDX-License-Identifier: Apache-2.0
package io.deferred;

/** Tells what nothing else can tell. */
public final class LeftOutProbe {
    private LeftOutProbe() {}

    /** Whether it is out of the row in which it waits. */
    public static boolean isLeftOut(Deferred<?> deferred) {
        return deferred.state() instanceof LeftOut;
    }
}
