// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.logging.Level;
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
}
