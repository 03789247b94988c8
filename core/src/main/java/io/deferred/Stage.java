// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.lang.invoke.VarHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One level of a pipeline that is not in its two fields: 24 bytes.
 *
 * <p>What the two sides may hold: a {@link Callback} or null (the result passes) each; or, on the failure side, a {@link Token}, and then what stands on the value side is none of a user's: a Deferred that waits for this one
 * ({@link Above}), is fired by it ({@link Mark#FORWARD}, {@link Mark#FORK}) or waits no more ({@link Mark#STRUCK}); the {@link Gathering} of which this one is a member ({@link Place}); a {@link Loop} or a {@link
 * HopStage}. Or, on the value side, {@link Mark#CANCEL}, and on the other a {@link CancelRequest}.
 */
sealed class Stage extends Token permits LateStage {
    final @Nullable Object onValue;

    /** Written again only by {@link #strike}. */
    @Nullable
    Object onFailure;

    /** In a queue: the stage that follows. In a state slot, where the newest comes first: the one added before. */
    private @Nullable Stage next;

    /** A stage of a queue, or of an unfired pipeline. */
    Stage(@Nullable Object onValue, @Nullable Object onFailure, @Nullable Stage next) {
        this.onValue = onValue;
        this.onFailure = onFailure;
        this.next = next;
    }

    /** A stage for the slot of a pipeline that cannot run it now, on top of what is there. */
    static Stage onTopOf(Object state, @Nullable Object onValue, @Nullable Object onFailure) {
        if (state instanceof Stage top) {
            return top.under(onValue, onFailure);
        }
        return state == Mark.ONE ? new Stage(onValue, onFailure, null) : new LateStage(onValue, onFailure, null, state);
    }

    /** A stage on top of this one, which is the top of a slot. */
    Stage under(@Nullable Object onValue, @Nullable Object onFailure) {
        return new Stage(onValue, onFailure, this);
    }

    /** The state below this stage and those that were added before it. */
    @Nullable
    Object bottom() {
        return Mark.ONE;
    }

    /** Of a stage that is not in a slot any more. */
    void forgetBottom() {}

    @Nullable
    Stage next() {
        return next;
    }

    boolean isWaiter() {
        return onFailure instanceof Above;
    }

    /** Makes the stage of a waiter, or of a cancel, one that does nothing. One write, because the owner of the queue may come by at the same time. */
    void strike() {
        onFailure = Mark.STRUCK;
    }

    /** The state below the stages that were added to it. */
    static @Nullable Object bottom(@Nullable Object state) {
        return state instanceof Stage top ? top.bottom() : state;
    }

    private static @Nullable Stage top(@Nullable Object state) {
        return state instanceof Stage top ? top : null;
    }

    /** Whether one of the stages in this state slot is a waiter. */
    static boolean anyWaiter(@Nullable Object state) {
        for (Stage stage = top(state); stage != null; stage = stage.next) {
            if (stage.isWaiter()) {
                return true;
            }
        }
        return false;
    }

    /** Whether one of the stages in this state slot, of one that is unfired, is not over. */
    static boolean isAnyToRun(@Nullable Object state) {
        for (Stage stage = top(state); stage != null; stage = stage.next) {
            if (isToRun(stage.onValue, stage.onFailure)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a stage with these sides, of one that is unfired, does something: a fork that was cancelled does not. */
    static boolean isToRun(@Nullable Object onValue, @Nullable Object onFailure) {
        return onFailure != Mark.FORK || !(onValue instanceof Deferred<?> fork) || !fork.called();
    }

    /** The cancels among the stages in this state slot; null if there is none. */
    static @Nullable List<CancelRequest> cancels(@Nullable Object state) {
        List<CancelRequest> cancels = null;
        for (Stage stage = top(state); stage != null; stage = stage.next) {
            if (stage.onFailure instanceof CancelRequest request) {
                cancels = CancelRequest.both(cancels, List.of(request));
            }
        }
        return cancels;
    }

    /** Takes the cancels from among the stages in this state slot, which then do nothing any more; null if there is none. */
    static @Nullable List<CancelRequest> takeCancels(@Nullable Object state) {
        List<CancelRequest> cancels = cancels(state);
        for (Stage stage = cancels == null ? null : top(state); stage != null; stage = stage.next) {
            if (stage.onFailure instanceof CancelRequest) {
                stage.strike();
            }
        }
        return cancels;
    }

    /** Takes back the cancels of a time-out among the stages in this state slot. */
    static void strikeCancels(@Nullable Object state, TimeoutCancel by) {
        for (Stage stage = top(state); stage != null; stage = stage.next) {
            if (stage.onFailure instanceof CancelRequest request && request.by() == by) {
                stage.strike();
                request.end();
            }
        }
    }

    /** Turns the stages of a state slot, which the caller has taken out of it, into a queue: oldest first, and without cancels. */
    static @Nullable Stage inOrder(@Nullable Object state) {
        Stage queue = null;
        Stage stage = top(state);
        boolean late = stage instanceof LateStage; // then all of them are, or it stands on ONE, which may be kept
        if (late) {
            VarHandle.storeStoreFence(); // before others can see what a stage forgets, they see the slot changed
        }
        while (stage != null) {
            Stage before = stage.next;
            if (stage.onValue != Mark.CANCEL) {
                stage.next = queue;
                queue = stage;
            }
            if (late) {
                stage.forgetBottom();
            }
            stage = before;
        }
        return queue;
    }

    /** What is left of a queue when a failure has passed the stages that are for values only. */
    static @Nullable Stage firstForFailures(@Nullable Stage queue) {
        Stage stage = queue;
        while (stage != null && stage.onFailure == null) {
            stage = stage.next;
        }
        return stage;
    }

    /** Both queues, one after the other. */
    static @Nullable Stage append(@Nullable Stage queue, @Nullable Stage more) {
        if (queue == null || more == null) {
            return queue == null ? more : queue;
        }
        queue.last().follow(more);
        return queue;
    }

    /** The last stage of the queue that begins with this. */
    Stage last() {
        Stage last = this;
        for (Stage s = next; s != null; s = s.next) {
            last = s;
        }
        return last;
    }

    /** Puts a queue behind this one, which is the last of its own. */
    void follow(Stage queue) {
        next = queue;
    }
}
