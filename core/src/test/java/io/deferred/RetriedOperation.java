// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Operations for a {@link Retry}, and what was seen of them. When a test has ended, nothing may be left armed. */
final class RetriedOperation implements AfterEachCallback {
    final VirtualClock clock = new VirtualClock();
    final List<Object> seen = new ArrayList<>();

    /** What the operation has returned, by attempt. */
    final List<Deferred<String>> attempts = new ArrayList<>();

    @Override
    public void afterEach(ExtensionContext context) {
        assertThat(clock.delayedCalls()).isEmpty();
    }

    Deferred<String> pending() {
        int number = attempts.size() + 1;
        Deferred<String> d = new Deferred<>(self -> seen.add("cancel " + number));
        attempts.add(d);
        return d;
    }

    /** One that its cancel does not end, until the test does. */
    Deferred<String> stubborn() {
        Deferred<String> d = new Deferred<>(new PassOn<>(() -> seen.add("cancel")));
        attempts.add(d);
        return d;
    }

    /** Fails at once, with the same each time. */
    Callable<Deferred<String>> failing(Throwable exception) {
        return () -> {
            seen.add(clock.now());
            return new Failure(exception).raise();
        };
    }
}
