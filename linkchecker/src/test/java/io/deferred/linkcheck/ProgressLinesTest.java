// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deferred.Deferred;
import io.deferred.Outcome;
import io.deferred.VirtualClock;
import io.deferred.linkcheck.crawl.Progress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualClock clock = new VirtualClock();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Deferred<String> work = new Deferred<>();
    private Progress progress = new Progress(0, 1, 0);

    @BeforeEach
    void begin() {
        new ProgressLines(() -> progress, new PrintStream(err, true, UTF_8)).printUntilEndOf(work, clock);
    }

    @AfterEach
    void end() {
        if (!work.called()) {
            work.callback("done");
        }
    }

    @Test
    void eachSecondTheLineSaysHowFarItIsThen() {
        clock.advance(SECOND.minusMillis(1));
        assertThat(lines()).isEmpty();

        progress = new Progress(7, 1234, 2);
        clock.advance(Duration.ofMillis(1));
        progress = new Progress(1007, 1234, 1002);
        clock.advance(SECOND);

        assertThat(lines())
                .containsExactly(
                        "7 of 1,234 known addresses checked, 2 pages read",
                        "1,007 of 1,234 known addresses checked, 1,002 pages read");
    }

    @Test
    void theyEndWithTheWorkAndLeaveItsResult() {
        clock.advance(SECOND);

        work.callback("done");

        assertEnded();
        assertThat(work.outcome()).hasValue(new Outcome.Success<>("done"));
    }

    @Test
    void theyEndWhereTheWorkFails() {
        clock.advance(SECOND);

        IllegalStateException defect = new IllegalStateException("a defect");
        work.errback(defect);

        assertEnded();
        assertThatThrownBy(() -> work.outcome().orElseThrow().unwrap()).isSameAs(defect);
        work.handle(expected -> {});
    }

    @Test
    void theyEndWhereTheWorkIsCancelled() {
        clock.advance(SECOND);

        work.cancel();

        assertEnded();
        work.handle(expected -> {});
    }

    private void assertEnded() {
        assertThat(clock.delayedCalls()).isEmpty();
        clock.advance(SECOND.multipliedBy(3));
        assertThat(lines()).hasSize(1);
    }

    @Test
    void workThatIsOverHasNone() {
        work.callback("done");

        new ProgressLines(() -> progress, new PrintStream(err, true, UTF_8)).printUntilEndOf(work, clock);

        assertThat(clock.delayedCalls()).isEmpty();
        clock.advance(SECOND);
        assertThat(lines()).isEmpty();
    }

    private List<String> lines() {
        return err.toString(UTF_8).lines().toList();
    }
}
