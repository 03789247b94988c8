// SPDX-License-Identifier: Apache-2.0
package io.deferred;

/** Thrown by {@link DeferredQueue#put} when the queue is full. Twisted's {@code QueueOverflow}. */
public final class QueueOverflowException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    QueueOverflowException(int size) {
        super("the queue holds " + size + (size == 1 ? " item" : " items")
                + ", which is its size, and nobody waits for one; get some first, or make it larger");
    }
}
