// SPDX-License-Identifier: Apache-2.0
package io.deferred.debugging;

import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.Debugging;
import io.deferred.Deferred;
import io.deferred.Dump;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How a dump says it, as text and as JSON. */
class DumpFormTest extends DumpLines {
    @Test
    void thoseWithoutAStoryAreShownWhereTheyAreWaitedFor() {
        Debugging.off();
        Deferred<String> innermost = hold(new Deferred<String>().named("innermost"));
        Deferred<String> between =
                hold(Deferred.succeed("v").chainCallback(v -> innermost).named("between"));
        Debugging.full();
        hold(Deferred.succeed("v").chainCallback(v -> between).named("outermost"));
        assertThat(Dump.text()).contains("What they wait for besides:");
        for (String label : List.of("outermost", "between", "innermost")) {
            assertThat(Dump.text().lines().filter(l -> l.matches("  Deferred@\\p{XDigit}+ '" + label + "'.*")))
                    .hasSize(1);
        }
    }

    @Test
    void firingIsSomethingThatHasHappened() {
        Deferred<String> late = hold(new Deferred<String>().named("fired late"));
        late.tap(v -> {});
        late.pause();
        clock.advance(Duration.ofMinutes(1));
        assertThat(only("fired late")).contains("UNTOUCHED");
        late.callback("v");
        assertThat(only("fired late")).doesNotContain("UNTOUCHED");
    }

    @Test
    void theJsonHasAllThatTheTextHas() {
        String made = DebugMode.line(1);
        Deferred<String> d = hold(new Deferred<String>().named("asks for more"));
        String attached = DebugMode.line(1);
        d.tap(v -> {});
        clock.advance(Duration.ofNanos(5));
        JsonNode json = JsonMapper.builder().build().readTree(Dump.json());
        assertThat(json.get("pending").asInt()).isPositive();
        JsonNode node = json.get("nodes")
                .valueStream()
                .filter(n -> n.get("name").asString().endsWith("'asks for more'"))
                .findFirst()
                .orElseThrow();
        assertThat(node.get("id").asInt()).isPositive();
        assertThat(node.get("kind").asString()).isEqualTo("Deferred");
        assertThat(node.get("state").asString()).isEqualTo("not fired");
        assertThat(node.get("made").asString()).endsWith(made);
        assertThat(node.get("ageNanos").asLong()).isEqualTo(5);
        assertThat(node.get("untouchedNanos").asLong()).isEqualTo(5);
        assertThat(node.get("next").asString())
                .startsWith("callback attached at ")
                .endsWith(attached);
        assertThat(node.get("waitsFor").isEmpty()).isTrue();
        assertThat(node.get("awaitedBy").isEmpty()).isTrue();
    }

    @Test
    void ofMoreThanTenThatAreMadeInOnePlaceTheOthersAreCountedAndTheLargestGroupIsTheFirst() {
        Deferred<String> one = hold(new Deferred<String>().named("only one"));
        hold(Deferred.succeed("v").chainCallback(v -> one).named("waits for it"));
        for (int i = 0; i < 12; i++) {
            hold(new Deferred<String>().named("of many"));
        }
        for (int i = 0; i < 10; i++) {
            hold(new Deferred<String>().named("of ten, " + i));
        }
        String text = Dump.text();
        String place = " made at io.deferred.debugging.DumpFormTest.ofMoreThanTen";
        assertThat(text).startsWith("Pending Deferreds: ");
        assertThat(text).containsSubsequence("12" + place, "  ... and 2 more", "10" + place, "1" + place);
        assertThat(text).doesNotContain("... and 0 more", "What they wait for besides:");
        assertThat(text.lines().filter(l -> l.contains("'of many'"))).hasSize(10);
        assertThat(text)
                .as("in the order in which they were made")
                .containsSubsequence(IntStream.range(0, 10)
                        .mapToObj(i -> "'of ten, " + i + "'")
                        .toList());
    }

    @Test
    void whatIsNextIsTheFirstThatHasNotRun() {
        Deferred<String> inner = hold(new Deferred<>());
        Deferred<String> d = hold(new Deferred<String>().named("half way"));
        d.chainCallback(v -> inner).called();
        String second = DebugMode.line(1);
        d.tap(v -> {});
        d.tap(v -> {});
        d.callback("v");
        assertThat(only("half way"))
                .contains("next is the callback attached at ")
                .endsWith(second);
    }
}
