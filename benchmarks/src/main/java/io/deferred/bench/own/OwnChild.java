// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.own;

import com.sun.management.ThreadMXBean;
import io.deferred.Deferred;
import io.deferred.bench.ChildJvm;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The JVM that counts our own bytes. */
final class OwnChild {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 7;
    private static final int CALLS = 2_000;
    private static final long BYTES_OF_A_ROUND = 10_000_000;

    private OwnChild() {}

    /**
     * Counts and ends.
     *
     * @param args the file for the bytes of each work, by name
     */
    public static void main(String[] args) {
        Map<String, Long> bytes = new LinkedHashMap<>();
        for (Work<?> work : OwnBytes.all()) {
            bytes.put(work.name(), bytesOf(work));
        }
        ChildJvm.answer(args, bytes);
    }

    /** Of the best of a few rounds: in the others classes are loaded, tables grow, and another thread is in the way. */
    static <G> long bytesOf(Work<G> work) {
        long once = Math.max(1, round(work, 1));
        int calls = (int) Math.max(4, Math.min(CALLS, BYTES_OF_A_ROUND / once));
        long best = IntStream.range(0, ROUNDS)
                .mapToLong(i -> round(work, calls))
                .min()
                .orElseThrow();
        return Math.round((double) best / calls / work.parts());
    }

    private static <G> long round(Work<G> work, int calls) {
        Object[] given = new Object[calls];
        for (int i = 0; i < calls; i++) {
            given[i] = work.given().get();
        }
        @Nullable Object[] kept = new @Nullable Object[calls];
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < calls; i++) {
            @SuppressWarnings("unchecked") // put there above
            G one = (G) given[i];
            kept[i] = work.body().run(one);
        }
        long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
        for (Object each : given) {
            if (each instanceof Deferred<?> deferred) {
                deferred.handle(failure -> {}); // or what one work leaves behind would be reported
            }
        }
        return bytes;
    }
}
