// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deferred.Deferred;
import io.deferred.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** A seed that a failure names gives the same order again, and no other. */
class SchedulesTest {
    private static final Pattern SEED = Pattern.compile("@Schedules\\(seed = (\\d+)L\\)");

    static class OneOrder {
        @Schedules
        Deferred<?> bearsOne(VirtualClock clock) {
            List<String> order = new ArrayList<>();
            Duration second = Duration.ofSeconds(1);
            return Deferred.gatherResults(
                            Deferred.deferLater(clock, second, () -> order.add("first")),
                            Deferred.deferLater(clock, second, () -> order.add("second")))
                    .tap(all -> assertThat(order).containsExactly("first", "second"));
        }
    }

    private static SingleTest test(TestInfo info) throws NoSuchMethodException {
        var method = OneOrder.class.getDeclaredMethod("bearsOne", VirtualClock.class);
        return new SingleTest(List.of(OneOrder.class), method, Settings.of(List.of(method)), info);
    }

    @Test
    void theSeedOfAFailureFailsAgain(TestInfo info) throws Exception {
        SingleTest test = test(info);
        Schedules schedules =
                OneOrder.class.getDeclaredMethod("bearsOne", VirtualClock.class).getAnnotation(Schedules.class);
        long[] seeds = Seeds.of(schedules).toArray();
        assertThat(seeds).hasSize(200);

        List<Long> failing = new ArrayList<>();
        for (long seed : seeds) {
            try {
                test.run(seed);
            } catch (AssertionError e) {
                assertThat(e).hasMessageContaining("first");
                assertThat(seedIn(e)).isEqualTo(seed);
                failing.add(seed);
            }
        }

        assertThat(failing).hasSizeBetween(20, 180); // about half of them
        for (long seed : failing) {
            assertThatThrownBy(() -> test.run(seed)).isInstanceOf(AssertionError.class);
        }
        for (long seed : seeds) {
            if (!failing.contains(seed)) {
                test.run(seed);
            }
        }
    }

    private static long seedIn(Throwable failure) {
        Matcher matcher = SEED.matcher(failure.getSuppressed()[0].getMessage());
        assertThat(matcher.find()).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    @Test
    void withoutASeedTheOrderIsThatOfArming(TestInfo info) throws Exception {
        test(info).run(null);
    }
}
