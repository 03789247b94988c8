// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The program of {@link ManyBodiesTest}, in a JVM of its own: bodies that all wait at once. Prints how many there were, and how much memory the process had at most. */
final class ManyBodies {
    private ManyBodies() {}

    public static void main(String[] args) throws Exception {
        int count = Integer.parseInt(args[0]);
        List<Deferred<Integer>> inner = new ArrayList<>(count);
        List<Deferred<Integer>> outer = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Deferred<Integer> awaited = new Deferred<>();
            inner.add(awaited);
            outer.add(Deferred.async(() -> awaited.await() + 1));
        }
        for (Deferred<Integer> awaited : inner) {
            while (awaited.state() == null) { // its body is not there yet
                Busy.yieldToOwner();
            }
        }
        System.out.println("waiting at once: " + count);
        System.out.println(peak());
        for (int i = 0; i < count; i++) {
            inner.get(i).callback(i);
        }
        long sum = 0;
        for (Deferred<Integer> ended : outer) {
            sum += ended.get(Duration.ofMinutes(1));
        }
        System.out.println("sum: " + sum);
    }

    /** The largest size that this process has had in memory, as Linux tells it. */
    private static String peak() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return "VmHWM: unknown";
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmHWM:")).findFirst().orElseThrow();
        }
    }
}
