// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * One call of a user's function, and the Deferred that it returns, as one thing to cancel. A cancel that comes while the function runs, on another thread or from within, reaches what it returns: once for
 * each cancel, or once for all that came so early.
 */
final class Operation<R extends @Nullable Object> implements GoOnWith<@Nullable Object> {
    /*
     * State: that of end.
     *
     *   unfired -> waiting for returned                     (begin: fire)
     *   unfired -> waiting for hasReturned                  (a cancel that comes before that)
     *   waiting for hasReturned -> waiting for returned     (begin: fires that, and cancels)
     *
     * Why it is safe: of the first two one compare-and-set wins, and begin knows which. Cancels that find end waiting for hasReturned do nothing: the one that begin sends is for them too.
     */
    private final Deferred<@Nullable Object> hasReturned = new Deferred<>(new PassOn<>(() -> {}));

    // written before the firing that makes it be read
    private @Nullable Deferred<? extends R> returned;

    // shared
    private volatile boolean cancelled;

    private final Deferred<R> end =
            new Deferred<@Nullable Object>(this).addCallback(ignored -> Masked.as(returned)); // it is waited for

    /** Ends as the Deferred ends that the function returns, or with what it throws. Stages are best added before it begins: a failure that finds them is not on its way to being reported. */
    Deferred<R> end() {
        return end;
    }

    /** Calls the function. To be called once. */
    void begin(Callable<? extends Deferred<? extends R>> function) {
        returned = Deferred.defer(function);
        boolean cancelledBefore = !end.fire(Masked.NIL);
        hasReturned.fire(Masked.NIL); // also if nobody waits for it, or a dump would show it until it is collected
        if (cancelledBefore) {
            end.cancel();
        }
    }

    /** May be called at any time, and more than once. */
    void cancel() {
        cancelled = true;
        end.cancel();
    }

    /** Whether this failure is what the cancel has led to. */
    boolean endedByCancel(Failure failure) {
        return cancelled && failure.exception() instanceof CancellationException;
    }

    @Override
    public Deferred<@Nullable Object> successorOf(Pipeline cancelledEnd) {
        return hasReturned;
    }

    @Override
    public void passOn() {} // begin does, when there is something to pass it on to
}
