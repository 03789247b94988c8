// SPDX-License-Identifier: Apache-2.0
package io.deferred;

/** Thrown by {@link DeferredQueue#get} when too many wait already. Twisted's {@code QueueUnderflow}. */
public final class QueueUnderflowException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    QueueUnderflowException(int backlog) {
        super("the queue is empty, and " + backlog
                + " wait for an item, which is its backlog; put some first, or make it larger");
    }
}
