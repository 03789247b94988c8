// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The pipeline of a loop has two stages, which add themselves again at the end of each turn: a turn that has fired is taken in the same run, and a pending one is waited for, so that neither
 * stack nor memory grows.
 */
final class Loop<T extends @Nullable Object> {
    private final Callable<? extends Deferred<? extends Turn<? extends T>>> step;
    private final Deferred<@Nullable Object> turns = new Deferred<>();

    private Loop(Callable<? extends Deferred<? extends Turn<? extends T>>> step) {
        this.step = step;
    }

    static <T extends @Nullable Object> Deferred<T> start(
            Callable<? extends Deferred<? extends Turn<? extends T>>> step) {
        Loop<T> loop = new Loop<>(step);
        loop.addTurn();
        loop.turns.fire(Masked.NIL);
        // Another one, so that what the caller adds does not come between the turns.
        Deferred<T> whole = new Deferred<>();
        Callback<@Nullable Object, Deferred<?>> wait = ignored -> loop.turns;
        whole.add(wait, null);
        whole.fire(Masked.NIL);
        return whole;
    }

    private void addTurn() {
        Callback<@Nullable Object, @Nullable Object> begin = ignored -> begin();
        Callback<Turn<T>, @Nullable Object> end = this::end;
        turns.add(begin, null);
        turns.add(end, null);
    }

    private Deferred<?> begin() throws Exception {
        if (turns.takeCancelRequests()) {
            throw CancelledException.of(
                    turns); // it met turns that had fired, one after the other, and would never meet a wait
        }
        Deferred<?> turn = step.call();
        if (turn == null) {
            throw new NullPointerException("the step of a loop returned null for a Deferred");
        }
        return turn;
    }

    private @Nullable Object end(Turn<T> turn) {
        if (turn instanceof Turn.Stop<T> stop) {
            return stop.value();
        }
        if (turn == null) {
            throw new NullPointerException("a turn of a loop ended with null; say Turn.again() or Turn.stop(value)");
        }
        addTurn();
        return null;
    }
}
