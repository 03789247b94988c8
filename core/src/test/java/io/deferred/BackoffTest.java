// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);

    private static List<Duration> firstOf(Backoff backoff, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(backoff::delay).toList();
    }

    @Test
    void noneIsAlwaysZero() {
        assertThat(firstOf(Backoff.none(), 3)).containsOnly(Duration.ZERO);
    }

    @Test
    void fixedIsAlwaysTheSame() {
        assertThat(firstOf(Backoff.fixed(SECOND), 3)).containsOnly(SECOND);
        assertThat(Backoff.fixed(Duration.ZERO).delay(1)).isZero();
    }

    @Test
    void exponentialDoublesUpToTheLongest() {
        assertThat(firstOf(Backoff.exponential(SECOND, Duration.ofSeconds(5)), 5))
                .containsExactly(
                        SECOND,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5));
    }

    @Test
    void exponentialReachesTheLongestExactly() {
        Backoff backoff = Backoff.exponential(SECOND, Duration.ofSeconds(4));
        assertThat(backoff.delay(3)).isEqualTo(Duration.ofSeconds(4));
        assertThat(backoff.delay(4)).isEqualTo(Duration.ofSeconds(4));
        assertThat(Backoff.exponential(SECOND, SECOND).delay(2)).isEqualTo(SECOND);
    }

    @Test
    void exponentialNeverOverflows() {
        Backoff backoff = Backoff.exponential(Duration.ofNanos(1), LONGEST);
        assertThat(backoff.delay(64)).isEqualTo(Duration.ofNanos(1L << 62).plusNanos(1L << 62));
        assertThat(backoff.delay(Integer.MAX_VALUE)).isEqualTo(LONGEST);
        for (int i = 1; i < 100; i++) {
            assertThat(backoff.delay(i + 1)).isGreaterThanOrEqualTo(backoff.delay(i));
        }
    }

    @Test
    void jitterStaysWithinItsBoundsAndUsesThem() {
        Backoff backoff = Backoff.fixed(SECOND).jittered(0.2);
        List<Duration> delays = firstOf(backoff, 1000);
        assertThat(delays)
                .allSatisfy(delay -> assertThat(delay).isBetween(Duration.ofMillis(800), Duration.ofMillis(1200)))
                .anySatisfy(delay -> assertThat(delay).isLessThan(Duration.ofMillis(900)))
                .anySatisfy(delay -> assertThat(delay).isGreaterThan(Duration.ofMillis(1100)));
    }

    @Test
    void jitterOfASeedIsRepeatable() {
        assertThat(firstOf(Backoff.fixed(SECOND).jittered(1, new Random(7)), 10))
                .isEqualTo(firstOf(Backoff.fixed(SECOND).jittered(1, new Random(7)), 10))
                .doesNotHaveDuplicates();
    }

    @Test
    void noJitterChangesNothing() {
        assertThat(firstOf(Backoff.exponential(SECOND, LONGEST).jittered(0), 20))
                .isEqualTo(firstOf(Backoff.exponential(SECOND, LONGEST), 20));
    }

    @Test
    void jitterNeverOverflows() {
        Backoff backoff = Backoff.fixed(LONGEST).jittered(1);
        assertThat(firstOf(backoff, 100)).allSatisfy(delay -> assertThat(delay).isBetween(Duration.ZERO, LONGEST));
    }

    @Test
    void jitterOfABackoffThatIsWrongSaysSo() {
        Backoff none = failedAttempts -> null;
        Backoff negative = failedAttempts -> SECOND.negated();
        assertThatThrownBy(() -> none.jittered(0.1).delay(1))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("the backoff returned null");
        assertThatThrownBy(() -> negative.jittered(0.1).delay(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the pause that the backoff returned must not be negative: PT-1S");
    }

    @Test
    void badArgumentsAreRefusedAtOnce() {
        assertThatThrownBy(() -> Backoff.fixed(SECOND.negated()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT-1S");
        assertThatThrownBy(() -> Backoff.fixed(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> Backoff.exponential(Duration.ZERO, SECOND))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Backoff.exponential(SECOND.negated(), SECOND))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Backoff.exponential(SECOND, Duration.ofMillis(999)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the longest pause must not be shorter than the first: PT0.999S after PT1S");
        for (double fraction : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatThrownBy(() -> Backoff.none().jittered(fraction))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(String.valueOf(fraction));
        }
        assertThatThrownBy(() -> Backoff.none().jittered(0.1, null)).isInstanceOf(NullPointerException.class);
    }
}
