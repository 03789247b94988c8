// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.debugging;

import com.sun.management.ThreadMXBean;
import io.deferred.Deferred;
import io.deferred.Dump;
import io.deferred.bench.ChildJvm;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JVM that measures one mode. */
final class DebugCostChild {
    static final int PENDING = 100_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 30;
    private static final int REQUESTS = 20_000;

    private DebugCostChild() {}

    /**
     * Measures and ends. The dumps come first, because nobody takes a second one of a program that stands still: they are measured cold.
     *
     * @param args the file for the answer
     */
    public static void main(String[] args) {
        @Nullable Deferred<?>[] pending = new @Nullable Deferred<?>[PENDING];
        long before = Memory.live();
        for (int i = 0; i < PENDING; i++) {
            pending[i] = new Deferred<Integer>().addCallback(v -> v + 1);
        }
        long live = Memory.live() - before;
        long text = millis(Dump::text);
        long json = millis(Dump::json);
        JsonNode dump = JsonMapper.shared().readTree(Dump.json());
        Arrays.fill(pending, null); // until here they were kept

        double[] nanos = new double[ROUNDS];
        long bytes = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long allocated = THREADS.getCurrentThreadAllocatedBytes();
            long start = System.nanoTime();
            for (int i = 0; i < REQUESTS; i++) {
                request();
            }
            nanos[round] = (double) (System.nanoTime() - start) / REQUESTS;
            bytes = (THREADS.getCurrentThreadAllocatedBytes() - allocated) / REQUESTS;
        }
        Arrays.sort(nanos);
        ChildJvm.answer(
                args,
                new DebugCost.Cost(
                        nanos[ROUNDS / 10],
                        bytes,
                        live / PENDING,
                        dump.get("pending").asInt(),
                        text,
                        json));
    }

    private static void request() {
        Deferred<Integer> answer = new Deferred<>();
        Deferred<Integer> more = new Deferred<>();
        answer.addCallback(v -> v + 1).chainCallback(v -> more).consume(v -> {});
        answer.callback(1);
        more.callback(2);
    }

    private static long millis(Supplier<String> dump) {
        long start = System.nanoTime();
        dump.get();
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }
}
