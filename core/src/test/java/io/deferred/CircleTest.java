// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Deferreds that would wait for themselves. */
class CircleTest {
    @RegisterExtension
    final Reports reports = new Reports();

    private final List<Object> seen = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"1, 1, false", "19, 19, false", "20, 20, false", "21, 20, true", "40, 20, true"})
    void theMessageNamesNotMoreThanTwenty(int others, int named, boolean more) {
        List<Deferred<String>> all = new ArrayList<>();
        for (int i = 0; i <= others; i++) {
            Deferred<String> d = new Deferred<>();
            int next = i + 1;
            all.add(d.chainCallback(v -> all.get(next % all.size())));
        }
        for (int i = 0; i <= others; i++) {
            all.get(i).callback("v");
        }
        String message = Ends.failureOf(all.get(0)).getMessage();
        assertThat(message.split("Deferred@", -1)).hasSize(1 + 1 + named + 1);
        assertThat(message.contains("...")).isEqualTo(more);
        all.get(0).handle(f -> {});
    }

    /** The stage of the one that has failed stays where it was, and may not give it anything when it waits for the same one again. */
    @Test
    void theOneThatFailedMayWaitForTheSameOneLater() {
        Deferred<String> a = new Deferred<>();
        Deferred<String> b = new Deferred<>();
        a.chainCallback(v -> b)
                .addErrback(f -> {
                    b.tap(v -> seen.add("b has " + v));
                    return "handled";
                })
                .consume(v -> {});
        b.chainCallback(v -> a).tap(v -> {
            a.chainCallback(w -> b).tap(w -> seen.add("a has " + w));
        });
        b.callback("b");
        a.callback("a");
        assertThat(seen).containsExactly("b has null", "a has null");
    }
}
