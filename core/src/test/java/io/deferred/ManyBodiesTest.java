// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A great many bodies wait at once: on virtual threads, a hundred thousand; without them, as many as the pool's limit. */
@Tag("long")
class ManyBodiesTest {
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");
    private static final long HALF_A_GIGABYTE = 512 * 1024;

    @Test
    void bodiesThatWaitAtOnceFitInto512Megabytes() throws Exception {
        int count = BodyThreads.virtualThreads() == null ? BodyThreads.DEFAULT_LIMIT : 100_000;
        ChildJvm.Result result = ChildJvm.run(
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ManyBodies.class.getName(),
                String.valueOf(count));
        System.out.println(result.output());
        long sum = (long) count * (count + 1) / 2;
        assertThat(result.exitCode()).as(result.toString()).isZero();
        assertThat(result.output()).contains("waiting at once: " + count, "sum: " + sum);
        PEAK.matcher(result.output()).results().forEach(ManyBodiesTest::assertFits);
    }

    private static void assertFits(MatchResult peak) {
        assertThat(Long.parseLong(peak.group(1))).as(peak.group()).isLessThan(HALF_A_GIGABYTE);
    }
}
