// SPDX-License-Identifier: Apache-2.0
package io.deferred;

/** A queue that can be full, and has some who wait for it at first. */
public final class DeferredQueueLincheckTest extends QueueLincheckTest {
    private static final int SIZE = 1;

    public static final class Specification extends QueueSpecification {
        public Specification() {
            super(SIZE);
        }
    }

    public DeferredQueueLincheckTest() {
        super(SIZE, Specification.class);
    }
}
