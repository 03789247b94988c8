// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench;

/**
 * The values that go through pipelines: each stage goes on to the next of seven that stand in a ring, which allocates nothing, and a stage that was left out or called twice is noticed at the end.
 */
public final class Step {
    /** Where every pipeline begins. */
    public static final Step START = ring(7);

    private Step next = this;

    private Step() {}

    private static Step ring(int length) {
        Step first = new Step();
        Step last = first;
        for (int i = 1; i < length; i++) {
            Step step = new Step();
            last.next = step;
            last = step;
        }
        last.next = first;
        return first;
    }

    /** What the function of each stage returns. */
    public Step next() {
        return next;
    }

    /** Where a pipeline of so many stages ends. */
    public static Step after(int stages) {
        Step step = START;
        for (int i = stages % 7; i > 0; i--) {
            step = step.next;
        }
        return step;
    }
}
