// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeSet;

/** How deep the stack is at a place that is passed many times. Looks now and then, because looking is slow. */
final class StackDepths {
    private static final int EVERY = 1000;

    private final TreeSet<Integer> seen = new TreeSet<>();
    private int passed;

    /** The place is passed. */
    void note() {
        if (passed++ % EVERY == 0) {
            seen.add(StackWalker.getInstance().walk(frames -> (int) frames.count()));
        }
    }

    void assertNoGrowthIn(int times) {
        assertThat(passed).isEqualTo(times);
        assertThat(seen).as("depths of the stack").hasSize(1);
    }
}
