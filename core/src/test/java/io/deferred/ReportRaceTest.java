// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.RaceRound.ROUNDS;
import static io.deferred.RaceRound.race;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Reports of unhandled failures against those who handle them, at the same time. The properties of {@link RaceRound} set seed and number of rounds. */
@Tag("long")
class ReportRaceTest {
    private static final Duration GRACE = Duration.ofSeconds(5);

    @RegisterExtension
    final Reports reports = new Reports();

    private final VirtualClock clock = new VirtualClock();

    @BeforeEach
    void letFailuresCountTheirReports() {
        UnhandledFailures.setGracePeriod(GRACE, clock);
        UnhandledFailures.setHandler(report -> ((Counted) report.failure().exception()).reports.incrementAndGet());
    }

    private static final class Counted extends Exception {
        private static final long serialVersionUID = 1L;

        private final AtomicInteger reports = new AtomicInteger();

        Counted() {
            super("counted", null, false, false);
        }

        int reports() {
            return reports.get();
        }
    }

    /** Several that fail and are reported, while another thread handles one after the other: so one of them is handled at the very instant at which it is reported. */
    private abstract static class Failing extends RaceRound {
        private static final int SEVERAL = 16;
        private static final int MOST_SPINS = 200;

        final Counted[] failures = new Counted[SEVERAL];
        final List<Deferred<Integer>> deferreds = new ArrayList<>();
        private volatile boolean failed;

        Failing(long seed) {
            super(seed);
            for (int i = 0; i < SEVERAL; i++) {
                failures[i] = new Counted();
                deferreds.add(new Deferred<>());
            }
        }

        @Override
        final void first() {
            for (int i = 0; i < SEVERAL; i++) {
                deferreds.get(i).errback(failures[i]);
            }
            failed = true;
            UnhandledFailures.reportNow();
        }

        @Override
        final void second() {
            until(() -> failed);
            spin(random.nextInt(MOST_SPINS));
            deferreds.forEach(this::handle);
            UnhandledFailures.reportNow();
        }

        abstract void handle(Deferred<Integer> d);

        @Override
        void check() {
            assertThat(failures)
                    .allSatisfy(failure -> assertThat(failure.reports.get()).isLessThanOrEqualTo(1));
        }
    }

    @Test
    void anErrbackGetsTheFailureThatIsJustReported() throws Exception {
        race(2, ROUNDS, seed -> new Failing(seed) {
            final AtomicInteger handled = new AtomicInteger();

            @Override
            void handle(Deferred<Integer> d) {
                d.handle(f -> handled.incrementAndGet());
            }

            @Override
            void check() {
                super.check();
                assertThat(handled).hasValue(deferreds.size());
            }
        });
        clock.advance(GRACE.multipliedBy(2));
        assertThat(clock.delayedCalls()).as("nothing is left to look at").isEmpty();
    }

    @Test
    void aThreadThatAwaitsGetsTheFailureThatIsJustReported() throws Exception {
        race(2, ROUNDS, seed -> new Failing(seed) {
            final List<Throwable> thrown = new ArrayList<>();

            @Override
            void handle(Deferred<Integer> d) {
                thrown.add(catchThrowable(d::await));
            }

            @Override
            void check() {
                super.check();
                assertThat(thrown).containsExactly(failures);
            }
        });
    }

    @Test
    void whatAnErrbackFailsWithIsReportedEvenIfWhatItHandledIsJustReported() throws Exception {
        race(2, ROUNDS, seed -> new Failing(seed) {
            final List<Counted> next = Collections.synchronizedList(new ArrayList<>());

            @Override
            void handle(Deferred<Integer> d) {
                d.addErrback(f -> {
                            Counted thrown = new Counted();
                            next.add(thrown);
                            throw thrown;
                        })
                        .called();
                UnhandledFailures.reportNow();
            }

            @Override
            void check() {
                super.check();
                UnhandledFailures.reportNow();
                assertThat(next)
                        .extracting(Counted::reports)
                        .hasSameSizeAs(deferreds)
                        .containsOnly(1);
            }
        });
    }

    @Test
    void aFailureThatIsOnlyLookedAtIsReportedOnce() throws Exception {
        race(2, ROUNDS, seed -> new Failing(seed) {
            @Override
            void handle(Deferred<Integer> d) {
                d.tapFailure(f -> {}).called();
            }

            @Override
            void check() {
                UnhandledFailures.reportNow();
                assertThat(failures)
                        .allSatisfy(failure -> assertThat(failure.reports).hasValue(1));
            }
        });
    }
}
