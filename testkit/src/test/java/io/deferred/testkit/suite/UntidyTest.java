// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.deferred.testkit.LeftoversError;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

class UntidyTest {
    /** Tests and classes alike. */
    private static List<Event> failed(Class<?> type) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(type))
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "2")
                .execute()
                .allEvents()
                .failed()
                .list();
    }

    private static Throwable onlyFailure(Class<?> type) {
        List<Event> failed = failed(type);
        assertThat(failed).hasSize(1);
        return LeftoversTest.thrownBy(failed.get(0));
    }

    @Test
    void whatFailsWhenItIsCancelledAtTheEndIsNobodyElses() {
        assertThat(onlyFailure(Untidy.FailsWhenCancelled.class)).hasMessageContaining("UNFIRED: ");
    }

    @Test
    void aFailureThatMayBeLeftMayBeReportedToo() {
        assertThat(failed(Untidy.MayFail.class)).isEmpty();
    }

    @Test
    void aFailureThatIsReportedMayStillBeHandledByAnyThread() {
        assertThat(failed(Untidy.HandledElsewhere.class)).isEmpty();
    }

    @Test
    void ofManyCallsTheFirstAreTold() {
        String message = onlyFailure(Untidy.Many.class).getMessage();

        assertThat(message.split("ARMED: ")).hasSize(1 + 10);
        assertThat(message).endsWith("... and 5 more");
    }

    @Test
    void whatTheOneInstanceOfAClassMakesIsTheClasss() {
        assertThat(onlyFailure(Untidy.OneInstance.class))
                .isInstanceOf(LeftoversError.class)
                .hasMessageContaining(Lines.of("<init>"));
    }

    @Test
    void aClassWhoseInstanceCannotBeMadeTroublesNoOther() {
        assertThat(onlyFailure(Untidy.NoInstance.class)).hasMessage("no instance");

        assertThat(onlyFailure(BadClasses.UnknownThread.class))
                .as("only of the last class that runs it is told")
                .hasMessageContaining("of a thread that nobody knows");
    }

    @Test
    void whoAsksForAClockTooEarlyIsToldWhenToAsk() {
        assertThat(onlyFailure(Untidy.EarlyClock.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ask for it in a @BeforeEach");
    }

    @Test
    void aClassThatIsExtendedTwiceIsChargedOnce() {
        assertThat(onlyFailure(Untidy.ExtendedTwice.class))
                .hasMessageStartingWith(Untidy.ExtendedTwice.class.getName() + " has left behind:")
                .hasMessageContaining("UNFIRED: ");
    }

    @Test
    void eachThreadOnWhichJupiterRunsATestIsTheTests() {
        assertThat(failed(Untidy.OtherThreads.class)).isEmpty();
    }

    @Test
    void ofATemplateTheMethodIsNamedToo() {
        assertThat(onlyFailure(Untidy.Template.class))
                .hasMessageStartingWith("leaves: [1] ")
                .hasMessageContaining("7 of " + Untidy.Template.class.getName() + " has left behind:");
    }
}
