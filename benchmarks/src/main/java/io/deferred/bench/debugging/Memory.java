// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.debugging;

import io.deferred.Dump;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/** What lives. */
final class Memory {
    private static final int COLLECTIONS = 4;
    private static final MemoryMXBean BEAN = ManagementFactory.getMemoryMXBean();

    private Memory() {}

    /** The bytes of the heap that are used after a few collections: what waits for a first one to be cleared goes with the second. */
    static long live() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            Dump.json(); // forgets the stories of those that are gone
        }
        return BEAN.getHeapMemoryUsage().getUsed();
    }
}
