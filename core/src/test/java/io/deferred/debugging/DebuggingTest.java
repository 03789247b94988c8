// SPDX-License-Identifier: Apache-2.0
package io.deferred.debugging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deferred.AlreadyCalledException;
import io.deferred.Debugging;
import io.deferred.Deferred;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The switch. */
class DebuggingTest {
    @RegisterExtension
    final DebugMode debug = new DebugMode();

    private static boolean hasAStory(Deferred<?> d) {
        return Debugging.story(d).startsWith("Story of ");
    }

    @Test
    void whileItIsOffNothingIsKeptAndReportsSayHowToSwitchItOn() {
        Debugging.off();
        assertThat(Debugging.sampling()).isZero();
        Deferred<String> d = Deferred.fail(new IOException("disk"));
        String hint = "run with -Dio.deferred.debug=full, or call io.deferred.Debugging.full()";
        assertThat(hasAStory(d)).isFalse();
        assertThat(Debugging.story(d)).contains("current result: Failure[java.io.IOException: disk]", hint);
        assertThat(debug.reports()).singleElement().satisfies(report -> {
            assertThat(report.details()).contains(hint).hasLineCount(1);
            assertThat(report.text()).contains("Unhandled failure in Deferred@", hint);
            assertThat(report.failure().trace()).doesNotContain("Async trace");
        });
        assertThatThrownBy(() -> d.callback("v"))
                .isInstanceOf(AlreadyCalledException.class)
                .hasMessageNotContaining("first fired")
                .hasMessageContaining(hint);
    }

    @Test
    void oneInManyHasAStoryWhenItSamples() {
        Debugging.sample(10);
        assertThat(Debugging.sampling()).isEqualTo(10);
        int stories = 0;
        for (int i = 0; i < 10_000; i++) {
            stories += hasAStory(new Deferred<>()) ? 1 : 0;
        }
        assertThat(stories).isBetween(500, 1_500); // sixteen standard deviations away
    }

    @Test
    void oneInOneIsAll() {
        Debugging.off();
        Debugging.sample(1);
        assertThat(hasAStory(new Deferred<>())).isTrue();
    }

    @Test
    void lessThanOneIsRefused() {
        assertThatThrownBy(() -> Debugging.sample(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("off()");
        assertThat(Debugging.sampling()).isEqualTo(1);
    }

    @Test
    void everyKindOfDeferredHasOne() {
        assertThat(hasAStory(new Deferred<>(self -> {}))).isTrue();
        assertThat(hasAStory(Deferred.succeed("v"))).isTrue();
        assertThat(hasAStory(Deferred.gatherResults(Deferred.succeed("v")))).isTrue();
        Deferred<String> failed = Deferred.fail(new IOException("disk"));
        assertThat(hasAStory(failed)).isTrue();
        failed.handle(f -> {});
    }

    @Test
    void switchingBetweenMakingAndFiringBreaksNothing() {
        Deferred<String> before = new Deferred<>();
        Debugging.off();
        before.callback("v");
        assertThat(Debugging.story(before)).contains("    fired at ");
        Deferred<String> without = new Deferred<>();
        Debugging.full();
        without.errback(new IOException("disk"));
        assertThat(hasAStory(without)).isFalse();
        assertThatThrownBy(() -> without.callback("w")).isInstanceOf(AlreadyCalledException.class);
        assertThat(debug.reports())
                .singleElement()
                .satisfies(report -> assertThat(report.details()).contains("the failure was made at "));
    }

    private static Deferred<String> oneThatFailsWhileCleaningUp() {
        Deferred<String> d = new Deferred<>();
        d.addErrback(f -> {
                    throw new IllegalStateException("while cleaning up");
                })
                .called();
        return d;
    }

    @Test
    void whatArisesWithoutAStoryIsTracedWhileItIsOn() {
        Debugging.off();
        Deferred<String> d = oneThatFailsWhileCleaningUp();
        Debugging.full();
        d.errback(new IOException("disk"));
        assertThat(debug.reports())
                .singleElement()
                .satisfies(report -> assertThat(report.failure().trace())
                        .containsSubsequence(
                                "while cleaning up", "Async trace: the failure was made at ", "While handling: "));
    }

    @Test
    void whatArisesWhileItIsOffIsNotTraced() {
        Debugging.off();
        oneThatFailsWhileCleaningUp().errback(new IOException("disk"));
        assertThat(debug.reports())
                .singleElement()
                .satisfies(report -> assertThat(report.failure().trace())
                        .contains("while cleaning up", "While handling: ")
                        .doesNotContain("Async trace"));
    }
}
