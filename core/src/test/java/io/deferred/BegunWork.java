// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.ArrayList;
import java.util.List;

/** What the function that a test gives to {@link Parallel} has returned. */
final class BegunWork {
    /** By item. */
    final List<Deferred<String>> begun = new ArrayList<>();

    private final List<Object> seen;

    /** Cancels are added to what the test has seen. */
    BegunWork(List<Object> seen) {
        this.seen = seen;
    }

    Deferred<String> pending(Object item) {
        Deferred<String> d = new Deferred<>(self -> seen.add("cancel " + item));
        begun.add(d);
        return d;
    }

    /** One that its cancel does not end, until the test does. */
    Deferred<String> stubborn(Object item) {
        Deferred<String> d = new Deferred<>(new PassOn<>(() -> seen.add("cancel " + item)));
        begun.add(d);
        return d;
    }
}
