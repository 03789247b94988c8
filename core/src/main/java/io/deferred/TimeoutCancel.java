// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import org.jspecify.annotations.Nullable;

/**
 * The cancel of a time-out that has come before its stage, from the timer's call to the end of the last request that this has left with a run.
 *
 * <p>It must not reach what the pipeline does after the stage. If it has met the run, and waits there for what the run waits for, the stage takes it back. If it is
 * under way on another thread when the stage comes by, the stage has the pipeline wait for a gate, which takes the cancel if it arrives there, and opens when the cancel has come to
 * its end wherever that is.
 */
final class TimeoutCancel {
    // guarded by this
    private int underWay = 1; // the timer's own call, and each request that it has left with a run
    private @Nullable Thread canceller = Thread.currentThread();
    private @Nullable Deferred<@Nullable Object> gate;
    private Object heldBack = Masked.NIL;

    /** Cancels; to be called by the thread that has made this. */
    void send(Pipeline pipeline) {
        pipeline.cancelNow(false, this);
        synchronized (this) {
            canceller = null;
        }
        atItsEnd();
    }

    /** One more of its cancels is left with a run. */
    synchronized void leftWithARun() {
        underWay++;
    }

    /** One of its cancels has done what it could, or was taken back. */
    void atItsEnd() {
        Deferred<@Nullable Object> opened;
        Object result;
        synchronized (this) {
            underWay--;
            opened = underWay == 0 ? gate : null;
            result = heldBack;
        }
        if (opened != null) {
            opened.fire(result); // unless the cancel has arrived there, and opened it
        }
    }

    /** What the pipeline is to wait for; null if no cancel is under way, or this is its own doing. */
    synchronized @Nullable Deferred<@Nullable Object> gateFor(@Nullable Object argument) {
        if (underWay == 0 || canceller == Thread.currentThread()) {
            return null;
        }
        Object result = Masked.mask(argument);
        heldBack = result;
        gate = new Deferred<>(self -> self.fire(result));
        return gate;
    }
}
