// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The README's tutorial, line by line, with the output that it promises. */
class TutorialTest {
    @RegisterExtension
    final Reports reports = new Reports();

    private final List<String> printed = new ArrayList<>();

    private void print(String line) {
        printed.add(line);
    }

    @Test
    void callbackRunsWhenTheDeferredIsFired() {
        // #region callback
        Deferred<String> d = new Deferred<>();
        d.consume(r -> print("Received result: " + r));
        d.callback("Hello, World!");
        // #endregion
        assertThat(printed).containsExactly("Received result: Hello, World!");
    }

    @Test
    void errbackRunsWhenItFails() {
        // #region errback
        Deferred<String> d = new Deferred<>();
        d.consume(r -> print("Received result: " + r))
                .handle(f -> print("An error occurred: " + f.exception().getMessage()));
        d.errback(new Exception("Something went wrong!"));
        // #endregion
        assertThat(printed).containsExactly("An error occurred: Something went wrong!");
    }

    @Test
    void callbacksFormAChain() {
        // #region chain
        Deferred<Integer> d = new Deferred<>();
        d.addCallback(r -> r + 1).consume(r -> print("Final result: " + r));
        d.callback(1);
        // #endregion
        assertThat(printed).containsExactly("Final result: 2");
    }

    @Test
    void theChainWaitsForADeferredThatACallbackReturns() {
        // #region waiting
        Deferred<Integer> d = new Deferred<>();
        Deferred<Integer> other = new Deferred<>();
        d.chainCallback(r -> other.addCallback(o -> r + o)).consume(r -> print("Final result: " + r));
        d.callback(1);
        print("waiting for the other");
        other.callback(41);
        // #endregion
        assertThat(printed).containsExactly("waiting for the other", "Final result: 42");
    }

    @Test
    void anErrorThatNobodyHandlesIsReported() {
        // #region unhandled
        Deferred<String> d = new Deferred<String>().named("greeting");
        d.consume(r -> print("Received result: " + r));
        d.errback(new Exception("Something went wrong!"));
        UnhandledFailures.reportNow(); // or a moment later, by itself
        // #endregion
        assertThat(printed).isEmpty();
        assertThat(reports.seen()).singleElement().satisfies(report -> {
            assertThat(report.failure().exception()).hasMessage("Something went wrong!");
            assertThat(report.where()).contains("'greeting'");
            assertThat(report.reason()).isEqualTo("on demand");
        });
    }

    @Test
    void aBodyAwaits() throws Exception {
        Deferred<Integer> price = Deferred.succeed(40);
        Deferred<Integer> tax = Deferred.succeed(2);
        // #region await
        Deferred<Integer> total = Deferred.async(() -> price.await() + tax.await());
        // #endregion
        assertThat(total.get(Duration.ofMinutes(1))).isEqualTo(42);
    }
}
