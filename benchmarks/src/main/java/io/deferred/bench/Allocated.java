// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** The bytes that threads have allocated, to the byte. */
final class Allocated {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final long[] ids = THREADS.getAllThreadIds();

    /** By all threads that were alive when this object was made. Allocates nothing itself. */
    long bytes() {
        long sum = 0;
        for (long id : ids) {
            sum += Math.max(0, THREADS.getThreadAllocatedBytes(id)); // -1 for one that has ended
        }
        return sum;
    }
}
