// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The first stage of a loop's pipeline. Each turn that it returns puts it in front of the queue once more, so that a turn that has fired is taken in the same run and a pending one is waited for, and
 * neither stack nor memory grows; what the caller adds stays behind it.
 */
final class Loop<T extends @Nullable Object> implements Callback<@Nullable Object, @Nullable Object> {
    private final Callable<? extends Deferred<? extends Turn<? extends T>>> step;
    private final Deferred<T> whole = new Deferred<>();
    private boolean begun; // confined to the thread that runs the pipeline

    private Loop(Callable<? extends Deferred<? extends Turn<? extends T>>> step) {
        this.step = step;
    }

    static <T extends @Nullable Object> Deferred<T> start(
            Callable<? extends Deferred<? extends Turn<? extends T>>> step) {
        Loop<T> loop = new Loop<>(step);
        loop.whole.add(loop, Mark.LOOP);
        loop.whole.fire(Masked.NIL);
        return loop.whole;
    }

    @Override
    public @Nullable Object call(@Nullable Object turn) throws Exception {
        if (begun && turn instanceof Turn.Stop<?> stop) {
            return stop.value();
        }
        if (begun && turn == null) {
            throw new NullPointerException("a turn of a loop gave null; say Turn.again() or Turn.stop(value)");
        }
        begun = true;
        if (whole.takeCancelRequests()) {
            throw CancelledException.of(whole); // where all turns have fired it would never meet a wait
        }
        Deferred<?> next = step.call();
        if (next == null) {
            throw new NullPointerException("the step of a loop returned null for a Deferred");
        }
        return next;
    }
}
