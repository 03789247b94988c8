// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit.suite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult.Status;

class LifecycleTest {
    @BeforeEach
    void forget() {
        Lifecycles.STEPS.clear();
    }

    @Test
    void methodsAroundTestsAreRunInJupitersOrder() {
        Results results = Results.of(Lifecycles.Derived.class);

        assertThat(results.with(Status.SUCCESSFUL))
                .containsExactly("Derived", "Inner", "engine", "inherited", "within");
        assertThat(results.failed()).isEmpty();
        assertThat(Lifecycles.STEPS)
                .containsExactly(
                        "initializer",
                        "base before all",
                        "before all",
                        "constructor",
                        "base before",
                        "before",
                        "inherited",
                        "after",
                        "base after",
                        "inner before all",
                        "constructor",
                        "inner constructor",
                        "base before",
                        "before",
                        "inner before",
                        "within",
                        "inner after",
                        "after",
                        "base after",
                        "inner after all",
                        "after all",
                        "base after all");
    }

    @Test
    void aTestIsNotRunIfWhatComesBeforeFails() {
        Results results = Results.of(Lifecycles.BeforeFails.class);

        assertThat(results.failed()).containsExactly("notRun");
        assertThat(results.failure("notRun")).isSameAs(Thrown.by("beforeEach"));
        assertThat(Lifecycles.STEPS).containsExactly("after");
    }

    @Test
    void whatComesAfterAddsItsFailure() {
        Results results = Results.of(Lifecycles.AfterFails.class);

        assertThat(results.failed()).containsExactly("failsTwice");
        assertThat(results.failure("failsTwice")).isSameAs(Thrown.by("failsTwice"));
        assertThat(results.failure("failsTwice").getSuppressed()).containsExactly(Thrown.by("afterEach"));
    }

    @Test
    void aConstructorThatThrowsFailsTheTest() {
        Results results = Results.of(Lifecycles.ConstructorFails.class);

        assertThat(results.failed()).containsExactly("notMade");
        assertThat(results.failure("notMade")).isSameAs(Thrown.by("constructor"));
        assertThat(Lifecycles.STEPS).isEmpty();
    }

    @Test
    void aClassFailsWithWhatIsRunBeforeAllOfIt() {
        Results results = Results.of(Lifecycles.BeforeAllFails.class);

        assertThat(results.failed()).containsExactly("BeforeAllFails");
        assertThat(results.failure("BeforeAllFails")).hasMessage("before all");
        assertThat(results.ended()).doesNotContainKey("notReached");
        assertThat(Lifecycles.STEPS).containsExactly("after all");
    }

    @Test
    void aClassFailsWithItsInitializer() {
        Results results = Results.of(Lifecycles.InitializerFails.class);

        assertThat(results.failed()).containsExactly("InitializerFails");
        assertThat(results.failure("InitializerFails"))
                .isInstanceOf(ExceptionInInitializerError.class)
                .hasRootCauseInstanceOf(NumberFormatException.class);
    }
}
