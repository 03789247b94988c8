// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import org.jspecify.annotations.Nullable;

/** Lets nobody pass until it is opened, and then everybody, for ever. */
final class Gate extends Handover<@Nullable Void> {
    private boolean open; // guarded by this

    void open() {
        handOver(Masked.NIL);
    }

    synchronized boolean isOpen() {
        return open;
    }

    @Override
    int supply() {
        return open ? 1 : 0;
    }

    @Override
    boolean passesLine() {
        return true;
    }

    @Override
    void add(Object leave) {
        open = true;
    }

    @Override
    Object take() {
        return Masked.NIL;
    }

    @Override
    void putBack(Object piece) {}

    @Override
    String awaited() {
        return "DeferredEvent[" + waiting() + " waiting]";
    }
}
