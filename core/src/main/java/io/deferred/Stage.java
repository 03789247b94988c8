// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One level of a pipeline that is not in its two fields: 24 bytes.
 *
 * <p>What the two sides may hold: a {@link Callback} or null (the result passes) each; or, on the value side, a Deferred, and then the failure side says what for: {@link
 * Mark#FORWARD}, {@link Mark#FORK}, or an Integer: that Deferred waits for this one, and the Integer says how many wait in a row above it who do nothing but pass the
 * result on; or, on the value side, {@link Mark#CANCEL}, and on the other a {@link
 * CancelRequest}.
 */
final class Stage extends Token {
    final @Nullable Object onValue;

    /** Written again only by {@link #strike}. */
    @Nullable
    Object onFailure;

    /** In a queue: the stage that follows. In a state slot, where the newest comes first: the one added before, or the state below. */
    private @Nullable Object next;

    Stage(@Nullable Object onValue, @Nullable Object onFailure, @Nullable Object next) {
        this.onValue = onValue;
        this.onFailure = onFailure;
        this.next = next;
    }

    @Nullable
    Stage next() {
        return (Stage) next;
    }

    boolean isWaiter() {
        return onFailure instanceof Integer;
    }

    /** Makes the stage of a waiter, or of a cancel, one that does nothing. One write, because the owner of the queue may come by at the same time. */
    void strike() {
        onFailure = Mark.STRUCK;
    }

    /** The state below the stages that were added to it. */
    static @Nullable Object bottom(@Nullable Object state) {
        Object s = state;
        while (s instanceof Stage stage) {
            s = stage.next;
        }
        return s;
    }

    /** Whether one of the stages in this state slot is a waiter. */
    static boolean anyWaiter(@Nullable Object state) {
        for (Object s = state; s instanceof Stage stage; s = stage.next) {
            if (stage.isWaiter()) {
                return true;
            }
        }
        return false;
    }

    /** The cancels among the stages in this state slot; null if there is none. */
    static @Nullable List<CancelRequest> cancels(@Nullable Object state) {
        List<CancelRequest> cancels = null;
        for (Object s = state; s instanceof Stage stage; s = stage.next) {
            if (stage.onFailure instanceof CancelRequest request) {
                cancels = CancelRequest.both(cancels, List.of(request));
            }
        }
        return cancels;
    }

    /** Takes the cancels from among the stages in this state slot, which then do nothing any more; null if there is none. */
    static @Nullable List<CancelRequest> takeCancels(@Nullable Object state) {
        List<CancelRequest> cancels = cancels(state);
        for (Object s = cancels == null ? null : state; s instanceof Stage stage; s = stage.next) {
            if (stage.onFailure instanceof CancelRequest) {
                stage.strike();
            }
        }
        return cancels;
    }

    /** Takes back the cancels of a time-out among the stages in this state slot. */
    static void strikeCancels(@Nullable Object state, TimeoutCancel by) {
        for (Object s = state; s instanceof Stage stage; s = stage.next) {
            if (stage.onFailure instanceof CancelRequest request && request.by() == by) {
                stage.strike();
                request.end();
            }
        }
    }

    /** Turns the stages of a state slot, which the caller has taken out of it, into a queue: oldest first, and without cancels. */
    static @Nullable Stage inOrder(@Nullable Object state) {
        Stage queue = null;
        Object s = state;
        while (s instanceof Stage stage) {
            s = stage.next;
            if (stage.onValue != Mark.CANCEL) {
                stage.next = queue;
                queue = stage;
            }
        }
        return queue;
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
        for (Stage s = next(); s != null; s = s.next()) {
            last = s;
        }
        return last;
    }

    /** Puts a queue behind this one, which is the last of its own. */
    void follow(Stage queue) {
        next = queue;
    }
}
