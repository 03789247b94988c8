// SPDX-License-Identifier: Apache-2.0
package io.deferred;

/** A queue that holds nothing: an item can only be put when somebody waits for it, and then it is got. */
public final class SynchronousQueueLincheckTest extends QueueLincheckTest {
    private static final int SIZE = 0;

    public static final class Specification extends QueueSpecification {
        public Specification() {
            super(SIZE);
        }
    }

    public SynchronousQueueLincheckTest() {
        super(SIZE, Specification.class);
    }
}
