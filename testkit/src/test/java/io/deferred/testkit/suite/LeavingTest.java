// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.Leftover.Kind;
import io.deferred.testkit.LeftoversError;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.opentest4j.TestAbortedException;

class LeavingTest {
    private static Results results = new Results(Map.of(), Map.of());

    @BeforeAll
    static void runThem() {
        results = Results.of(Leaving.class);
    }

    @Test
    void whatIsLeftFailsTheTestThatHasMadeItAndNoOther() {
        assertThat(results.with(Status.SUCCESSFUL)).containsExactly("Leaving", "engine", "mayLeave", "nothing");
        assertThat(results.with(Status.ABORTED)).isEmpty();
        assertThat(results.failed())
                .containsExactly(
                        "abortsAndLeaves",
                        "armedCall",
                        "armedSleep",
                        "bodyAtWork",
                        "failsAndLeaves",
                        "functionAtWork",
                        "heldLock",
                        "unfired",
                        "unfiredOfAThread",
                        "unhandledFailure");
    }

    @Test
    void itNamesTheKindAndTheLine() {
        Map<Kind, List<String>> bad = new EnumMap<>(Kind.class);
        bad.put(Kind.UNHANDLED_FAILURE, List.of("unhandledFailure"));
        bad.put(Kind.UNFIRED, List.of("unfired"));
        bad.put(Kind.ARMED, List.of("armedCall", "armedSleep"));
        bad.put(Kind.HELD, List.of("heldLock"));
        bad.put(Kind.AT_WORK, List.of("functionAtWork", "bodyAtWork"));
        assertThat(bad.keySet()).isEqualTo(EnumSet.allOf(Kind.class));

        bad.forEach((kind, methods) -> methods.forEach(method -> assertThat(results.failure(method))
                .isInstanceOf(LeftoversError.class)
                .hasMessageStartingWith(Leaving.class.getName() + "." + method + " has left behind:"
                        + System.lineSeparator() + kind + ": ")
                .hasMessageContaining(Lines.of(method))));
    }

    @Test
    void aThreadOfTheTestLeavesOnItsAccount() {
        assertThat(results.failure("unfiredOfAThread"))
                .isInstanceOf(LeftoversError.class)
                .hasMessageContaining("UNFIRED: ");
    }

    @Test
    void ofATestThatFailsItIsToldBesideTheFailure() {
        assertThat(results.failure("failsAndLeaves")).isSameAs(Thrown.by("failsAndLeaves"));
        assertThat(Thrown.by("failsAndLeaves").getSuppressed())
                .singleElement()
                .isInstanceOf(LeftoversError.class)
                .extracting(Throwable::getMessage)
                .asString()
                .contains(Lines.of("failsAndLeaves"));
    }

    @Test
    void itFailsATestThatIsAborted() {
        assertThat(results.failure("abortsAndLeaves")).isInstanceOf(LeftoversError.class);
        assertThat(results.failure("abortsAndLeaves").getSuppressed())
                .singleElement()
                .isInstanceOf(TestAbortedException.class);
    }
}
