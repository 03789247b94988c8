// SPDX-License-Identifier: Apache-2.0
package io.deferred;

/** What memory is live, and whether it grows. */
final class LiveMemory {
    private static final long MAY_GROW_BY = 1L << 20;

    private LiveMemory() {}

    @SuppressWarnings("deprecation") // to know what is live, the collector must have run
    static long liveBytes() {
        System.gc();
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    static void checkGrowth(long early, long late) {
        System.out.println("  live bytes: " + early + " early, " + late + " late");
        if (late - early > MAY_GROW_BY) {
            throw new AssertionError("live memory grew from " + early + " to " + late + " bytes");
        }
    }
}
