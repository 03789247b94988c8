// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is told of failures by default: to the log, and where that is gone, to System.err. */
class FailureLogTest {
    @RegisterExtension
    final Reports reports = new Reports();

    @RegisterExtension
    final LogRecords log = new LogRecords();

    @RegisterExtension
    final ErrorStream errors = new ErrorStream();

    private final IOException disk = new IOException("disk");

    @BeforeEach
    void useTheDefaultHandler() {
        UnhandledFailures.resetGracePeriod(); // which ends a period that earlier tests have begun
        UnhandledFailures.setGracePeriod(Duration.ofSeconds(5), new VirtualClock());
        UnhandledFailures.resetHandler();
    }

    @Test
    void aReportIsAnErrorWithTheExceptionItself() {
        Deferred<String> d = new Deferred<String>().named("upload");
        d.errback(disk);
        UnhandledFailures.reportNow();
        assertThat(log.seen()).singleElement().satisfies(entry -> {
            assertThat(entry.getLevel()).isEqualTo(Level.SEVERE);
            assertThat(entry.getThrown()).isSameAs(disk);
            assertThat(entry.getMessage())
                    .startsWith("Unhandled failure in Deferred@")
                    .contains(" 'upload' (on demand)")
                    .doesNotContain("while handling");
        });
        assertThat(errors.text()).isEmpty();
    }

    @Test
    void aReportNamesWhatWasBeingHandled() {
        Deferred<String> d = Deferred.fail(disk);
        d.addErrback(f -> {
            throw new IllegalStateException("while cleaning up");
        });
        UnhandledFailures.reportNow();
        assertThat(log.seen())
                .singleElement()
                .satisfies(entry -> assertThat(entry.getMessage())
                        .contains(", which arose while handling Failure[java.io.IOException: disk]"));
    }

    @Test
    void anUnhandledCancelIsForDebugging() {
        Deferred<String> d = new Deferred<>();
        d.cancel();
        UnhandledFailures.reportNow();
        assertThat(log.seen())
                .singleElement()
                .satisfies(entry -> assertThat(entry.getLevel()).isEqualTo(Level.FINE));
    }

    @Test
    void whatIsNotLoggableIsNotPutIntoWords() {
        log.limitTo(Level.INFO);
        Deferred<String> d = new Deferred<>();
        d.cancel();
        assertThat(UnhandledFailures.reportNow()).isEqualTo(1);
        assertThat(log.seen()).isEmpty();
    }

    @Test
    void aFailureAfterACancelIsForDebugging() {
        Deferred<String> d = new Deferred<String>().named("upload");
        d.handle(f -> {});
        d.cancel();
        d.errback(disk);
        assertThat(log.seen()).singleElement().satisfies(entry -> {
            assertThat(entry.getLevel()).isEqualTo(Level.FINE);
            assertThat(entry.getThrown()).isSameAs(disk);
            assertThat(entry.getMessage()).contains("Late failure of ", "'upload'");
        });
    }

    @Test
    void whatABrokenHandlerWasGivenIsPrinted() {
        UnhandledFailures.setHandler(report -> {
            throw new IllegalStateException("broken handler");
        });
        Deferred<String> d = new Deferred<String>().named("upload");
        d.errback(disk);
        UnhandledFailures.reportNow();
        assertThat(errors.text())
                .contains("Unhandled failure in ", "'upload'", "java.io.IOException: disk", "\tat ")
                .contains("Reporting a failure failed: java.lang.IllegalStateException: broken handler");
    }

    @Test
    void whereNothingCanBePrintedTheProgramGoesOn() {
        errors.breakDown();
        UnhandledFailures.setHandler(report -> {
            throw new IllegalStateException("broken handler");
        });
        Deferred<String> d = Deferred.fail(disk);
        assertThat(UnhandledFailures.reportNow()).isEqualTo(1);
        assertThat(d.called()).isTrue();
    }

    @Test
    void atTheExitOfTheJvmFailuresArePrintedAndCancelsAreNot() {
        Deferred<String> d = new Deferred<String>().named("upload");
        d.errback(disk);
        Deferred<String> cancelled = new Deferred<String>().named("download");
        cancelled.cancel();
        UnhandledFailures.reportAtExit();
        assertThat(errors.text())
                .contains("'upload' (the JVM exits)", "java.io.IOException: disk")
                .doesNotContain("download");
        assertThat(log.seen()).isEmpty();
    }

    @Test
    void whatWasFoundBeforeTheExitIsPrintedToo() {
        Deferred<String> d = Deferred.fail(disk);
        UnhandledFailures.setGracePeriod(Duration.ofDays(1), new VirtualClock()); // gives it its watch
        UnhandledFailures.reportAtExit();
        assertThat(errors.text()).contains("java.io.IOException: disk");
        assertThat(d.called()).isTrue();
    }

    @Test
    void ofTooManyAtATimeTheOthersAreCounted() {
        VirtualClock clock = new VirtualClock();
        UnhandledFailures.setGracePeriod(Duration.ofDays(1), clock);
        List<Deferred<String>> all = new ArrayList<>();
        for (int i = 0; i < FailureLog.MOST_IN_A_PERIOD + 50; i++) {
            all.add(Deferred.fail(disk));
        }
        assertThat(UnhandledFailures.reportNow()).isEqualTo(all.size());
        assertThat(log.seen()).hasSize(FailureLog.MOST_IN_A_PERIOD);
        clock.advance(FailureLog.PERIOD);
        assertThat(log.seen()).hasSize(FailureLog.MOST_IN_A_PERIOD + 1);
        assertThat(log.seen().get(FailureLog.MOST_IN_A_PERIOD).getMessage())
                .startsWith("50 more unhandled failures were not logged");
    }

    @Test
    void whereNothingCanBeLoggedTheirNumberIsPrinted() {
        VirtualClock clock = new VirtualClock();
        UnhandledFailures.setGracePeriod(Duration.ofDays(1), clock);
        reportMoreThanAreLogged();
        log.breakDown();
        clock.advance(FailureLog.PERIOD);
        assertThat(errors.text())
                .startsWith("1 more unhandled failures were not logged")
                .contains("Reporting a failure failed: java.lang.IllegalStateException: no log");
    }

    @Test
    void whereNothingCanBeLoggedALateFailureSaysSo() {
        log.breakDown();
        Deferred<String> d = new Deferred<>();
        d.handle(f -> {});
        d.cancel();
        d.errback(disk);
        assertThat(errors.text()).contains("Reporting a failure failed: java.lang.IllegalStateException: no log");
    }

    private List<Deferred<String>> reportMoreThanAreLogged() {
        List<Deferred<String>> all = new ArrayList<>();
        for (int i = 0; i < FailureLog.MOST_IN_A_PERIOD + 1; i++) {
            all.add(Deferred.fail(disk));
        }
        assertThat(UnhandledFailures.reportNow()).isEqualTo(all.size());
        return all;
    }

    @Test
    void whatTheLimitHasHeldBackIsCountedAtTheExit() {
        UnhandledFailures.setGracePeriod(Duration.ofDays(1), new VirtualClock());
        reportMoreThanAreLogged().forEach(d -> d.handle(f -> {}));
        UnhandledFailures.reportAtExit();
        assertThat(errors.text().lines())
                .satisfiesExactly(
                        l -> assertThat(l).startsWith("1 more unhandled failures were not logged"),
                        l -> assertThat(l).startsWith("1 more failures that were handled after all were not logged"));
    }

    @Test
    void whatIsHandledAfterItsReportIsAWarning() {
        Deferred<String> d = new Deferred<String>().named("upload");
        d.errback(disk);
        UnhandledFailures.reportNow();
        d.handle(f -> {});
        assertThat(log.seen()).hasSize(2);
        assertThat(log.seen().get(1)).satisfies(entry -> {
            assertThat(entry.getLevel()).isEqualTo(Level.WARNING);
            assertThat(entry.getMessage())
                    .startsWith("Handled after all: the unhandled failure in Deferred@")
                    .contains("'upload'", "java.io.IOException: disk");
        });
    }

    @Test
    void aCancelThatIsHandledAfterItsReportIsForDebugging() {
        Deferred<String> d = new Deferred<>();
        d.cancel();
        UnhandledFailures.reportNow();
        d.handle(f -> {});
        assertThat(log.seen()).extracting(LogRecord::getLevel).containsExactly(Level.FINE, Level.FINE);
    }

    @Test
    void whereReportsGoElsewhereNoneIsLoggedAsHandled() {
        UnhandledFailures.setHandler(report -> {});
        Deferred<String> d = Deferred.fail(disk);
        UnhandledFailures.reportNow();
        d.handle(f -> {});
        assertThat(log.seen()).isEmpty();
    }

    @Test
    void aClockThatStandsStillSilencesTheLogNoLongerThanItIsUsed() {
        UnhandledFailures.setGracePeriod(Duration.ofDays(1), new VirtualClock());
        List<Deferred<String>> all = new ArrayList<>();
        for (int i = 0; i < FailureLog.MOST_IN_A_PERIOD + 1; i++) {
            all.add(Deferred.fail(disk));
        }
        assertThat(UnhandledFailures.reportNow()).isEqualTo(all.size());
        UnhandledFailures.resetGracePeriod();
        Deferred<String> next = new Deferred<String>().named("next");
        next.errback(disk);
        UnhandledFailures.reportNow();
        assertThat(log.seen())
                .extracting(LogRecord::getMessage)
                .anySatisfy(m -> assertThat(m).startsWith("1 more unhandled failures were not logged"))
                .anySatisfy(m -> assertThat(m).contains("'next'"));
    }

    @Test
    void cancelsDoNotUseUpTheLimitOfErrors() {
        UnhandledFailures.setGracePeriod(Duration.ofDays(1), new VirtualClock());
        List<Deferred<String>> all = new ArrayList<>();
        for (int i = 0; i < 2 * FailureLog.MOST_IN_A_PERIOD; i++) {
            Deferred<String> d = new Deferred<>();
            d.cancel();
            all.add(d);
        }
        all.add(Deferred.fail(disk));
        assertThat(UnhandledFailures.reportNow()).isEqualTo(all.size());
        assertThat(log.seen())
                .filteredOn(entry -> entry.getLevel() == Level.SEVERE)
                .hasSize(1);
        assertThat(log.seen()).hasSize(all.size());
    }

    /** An exception that throws when it is looked at. */
    private static final class Unspeakable extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("cannot be said");
        }
    }

    @Test
    void anExceptionThatCannotBePrintedStrandsNobody() {
        UnhandledFailures.setHandler(report -> {
            throw new Unspeakable();
        });
        UnhandledFailures.setHandledHandler(report -> {
            throw new Unspeakable();
        });
        Deferred<String> inner = Deferred.fail(new Unspeakable());
        assertThat(UnhandledFailures.reportNow()).isEqualTo(1);
        inner.pause();
        List<Object> seen = new ArrayList<>();
        Deferred<String> outer = Deferred.succeed("v");
        outer.chainCallback(v -> inner).handle(f -> seen.add(f.exception().getClass()));
        inner.unpause();
        assertThat(seen).containsExactly(Unspeakable.class);
        assertThat(errors.text()).contains("which cannot be printed: io.deferred.FailureLogTest$Unspeakable");
    }

    @Test
    void aHandlerThatFailsKeepsNoOtherReportBack() {
        VirtualClock clock = new VirtualClock();
        UnhandledFailures.setGracePeriod(Duration.ofSeconds(5), clock);
        UnhandledFailures.setHandler(report -> {
            throw new Unspeakable();
        });
        List<Deferred<String>> all =
                List.of(Deferred.fail(new Unspeakable()), Deferred.fail(disk), Deferred.fail(disk));
        clock.advance(Duration.ofSeconds(7));
        assertThat(errors.text().lines().filter(l -> l.startsWith("Unhandled failure in")))
                .hasSize(all.size());
    }

    @Test
    void aNewGracePeriodEndsThatOfTheLimits() {
        List<Deferred<String>> failed = new ArrayList<>();
        for (int i = 0; i < 103; i++) {
            failed.add(Deferred.fail(disk));
        }
        UnhandledFailures.reportNow();
        assertThat(log.seen()).hasSize(100);
        failed.forEach(d -> d.handle(f -> {}));
        assertThat(log.seen()).hasSize(200);
        UnhandledFailures.resetGracePeriod();
        assertThat(log.seen().subList(200, 202))
                .allSatisfy(entry -> assertThat(entry.getMessage()).startsWith("3 more "));
    }
}
