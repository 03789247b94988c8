// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit.suite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.engine.TestExecutionResult.Status;

class MisuseTest {
    @ParameterizedTest
    @CsvSource({
        "isVoid, has to return a Deferred; a test that is void is a @Test",
        "isVague, has to return a Deferred",
        "isPrivate, is private; make it visible",
        "isStatic, is static; make it an instance method",
        "hasNoSchedules, @Schedules(0) runs nothing; give 1 order or more",
        "hasNoTime, @TimeLimit(millis = 0)",
        "hasNoTag, '@Tag(\"two words\")'",
    })
    void aMethodThatCannotBeATestFailsAndSaysWhy(String method, String message) {
        Results results = Results.of(Misused.Methods.class);

        assertThat(results.failed()).hasSize(7).contains(method);
        assertThat(results.failure(method))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
        assertThat(results.with(Status.SUCCESSFUL)).containsExactly("Methods", "engine", "isRight");
    }

    private static Throwable failureOf(Class<?> type, String name) {
        Results results = Results.of(type);
        assertThat(results.failed()).containsExactly(name);
        assertThat(results.ended()).doesNotContainKey("test");
        return results.failure(name);
    }

    @Test
    void aClassThatCannotBeRunFailsAndSaysWhy() {
        assertThat(failureOf(Misused.hidden(), "Hidden")).hasMessageContaining("is private; make it visible");
        assertThat(failureOf(Misused.Outer.class, "NotNested")).hasMessageContaining("without @Nested");
        assertThat(failureOf(Misused.TwoConstructors.class, "TwoConstructors"))
                .hasMessageContaining("has 2 constructors");
        assertThat(failureOf(Misused.NotStatic.class, "NotStatic")).hasMessageContaining("is not static");
        assertThat(failureOf(Misused.NotVoid.class, "NotVoid"))
                .hasMessageContaining("before() returns a Deferred, which nobody would look at; make it void");
    }
}
