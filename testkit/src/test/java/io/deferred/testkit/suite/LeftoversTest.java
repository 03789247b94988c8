// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.deferred.testkit.LeftoversError;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

class LeftoversTest {
    private static final Path SOURCE = Path.of("src/test/java/io/deferred/testkit/suite/BadSuite.java");

    private static final Map<String, Throwable> FAILURES = new HashMap<>();
    private static final Map<String, Throwable> FAILURES_IN_PARALLEL = new HashMap<>();

    @BeforeAll
    static void runThem() {
        run(false, FAILURES);
        run(true, FAILURES_IN_PARALLEL);
    }

    private static void run(boolean parallel, Map<String, Throwable> failures) {
        EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(BadSuite.class))
                .configurationParameter("junit.jupiter.execution.parallel.enabled", String.valueOf(parallel))
                .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .execute();
        results.testEvents().failed().stream().forEach(event -> failures.put(nameOf(event), thrownBy(event)));
        assertThat(results.containerEvents().failed().count())
                .as("classes that failed")
                .isZero();
    }

    static String nameOf(Event event) {
        return event.getTestDescriptor().getLegacyReportingName().replaceAll("\\(.*", "");
    }

    static Throwable thrownBy(Event event) {
        return event.getRequiredPayload(org.junit.platform.engine.TestExecutionResult.class)
                .getThrowable()
                .orElseThrow();
    }

    static Stream<String> bad() {
        return Stream.of(BadSuite.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(Method::getName);
    }

    @ParameterizedTest
    @MethodSource("bad")
    void theTestThatMadeItFailsWithTheLine(String name) throws IOException {
        String expected = lineOfFault(name).isEmpty() ? "exactly once" : lineOfFault(name);
        for (Map<String, Throwable> failures : List.of(FAILURES, FAILURES_IN_PARALLEL)) {
            assertThat(failures).containsKey(name);
            assertThat(textOf(failures.get(name))).contains(expected);
        }
    }

    private static String textOf(Throwable thrown) {
        StringBuilder text = new StringBuilder(String.valueOf(thrown.getMessage()));
        for (Throwable suppressed : thrown.getSuppressed()) {
            text.append(suppressed.getMessage());
        }
        return text.toString();
    }

    /** As stories name it; empty where nothing of a Deferred is at fault. */
    private static String lineOfFault(String name) throws IOException {
        List<String> lines = Files.readAllLines(SOURCE);
        int line = 0;
        while (!lines.get(line).contains("void " + name + "(")) {
            line++;
        }
        while (!lines.get(line).contains("// FAULT:")) {
            line++;
        }
        line++;
        return lines.get(line).contains("exactlyOnce(") ? "" : "(BadSuite.java:" + (line + 1) + ")";
    }

    @Test
    void aRunThatIsCancelledTellsWhereAndWhatIsWrong() {
        assertThat(FAILURES.get("lostCancel"))
                .hasMessageContaining("cancelled at point 1 of 1, before the call that is due at")
                .hasMessageContaining("ARMED: ")
                .hasMessageContaining("a failure came after the cancel, and nobody is told of it: ")
                .hasMessageContaining("the server is gone");
        assertThat(FAILURES.get("cancelThatSkipsTheFinalizer"))
                .hasMessageContaining("'close the connection' was to be run exactly once, and was run 0 times");
        assertThat(FAILURES.get("cancelThatIsIgnored")).hasMessageContaining("it never ends. It waits so: ");
    }

    @Test
    void aTestThatFailsByItselfKeepsItsFailure() {
        assertThat(FAILURES.get("failsByItselfToo"))
                .hasMessageContaining("seen")
                .satisfies(thrown ->
                        assertThat(thrown.getSuppressed()).singleElement().isInstanceOf(LeftoversError.class));
    }

    @Test
    void eachOfThemFailsAndNoneForWhatAnotherHasMade() throws IOException {
        assertThat(FAILURES.keySet()).containsExactlyInAnyOrderElementsOf(bad().toList());
        for (Map.Entry<String, Throwable> one : FAILURES_IN_PARALLEL.entrySet()) {
            for (String other : bad().filter(name -> !name.equals(one.getKey())).toList()) {
                if (!lineOfFault(other).isEmpty()) {
                    assertThat(textOf(one.getValue())).doesNotContain(lineOfFault(other));
                }
            }
        }
    }

    @Test
    void whatIsMadeOutsideOfTestsIsChargedToTheClass() {
        assertThat(failureOfTheClass(BadClasses.BeforeAllTests.class))
                .hasMessageContaining("'of the class' made at")
                .hasMessageContaining("makeOne(BadClasses.java:");
        assertThat(failureOfTheClass(BadClasses.UnknownThread.class))
                .hasMessageContaining("of a thread that nobody knows");
    }

    private static Throwable failureOfTheClass(Class<?> testClass) {
        EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(testClass))
                .execute();
        assertThat(results.testEvents().failed().count())
                .as("tests that failed")
                .isZero();
        return thrownBy(results.containerEvents().failed().stream().findFirst().orElseThrow());
    }

    @Test
    void anOrderThatFailsNamesItsSeed() {
        EngineExecutionResults results = EngineTestKit.engine("deferred-testkit")
                .selectors(selectClass(BadOrders.class))
                .execute();
        assertThat(results.testEvents().failed().stream())
                .hasSize(2)
                .allSatisfy(event -> assertThat(thrownBy(event).getSuppressed())
                        .anySatisfy(each -> assertThat(each).hasMessageContaining("@Schedules(seed = ")));
    }
}
