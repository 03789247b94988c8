// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stage of a {@link Deferred#fork}, in the slot of a pipeline that cannot run it now. Readers of one that lives long come and go: a fork that was cancelled has nothing to wait for, and is left
 * out of the stages when as many have come since the last look as were alive then. So those that are gone are never more than those that are not, but for a few. 32 bytes.
 */
final class ForkStage extends LateStage {
    private static final int LEAST_BETWEEN_LOOKS = 16;

    /** How many forks may still come on top before those below are looked through. */
    private final int room;

    private ForkStage(Object fork, @Nullable Stage next, @Nullable Object bottom, int room) {
        super(fork, Mark.FORK, next, bottom);
        this.room = room;
    }

    /** What to put into the slot in the place of this state. The stages of the slot are not changed: they may be somebody else's by now. */
    static Stage onTopOf(Object state, Object fork) {
        if (!(state instanceof Stage top)) {
            return new ForkStage(fork, null, state, LEAST_BETWEEN_LOOKS);
        }
        if (!(top instanceof ForkStage forks)) {
            return new ForkStage(fork, top, top.bottom(), LEAST_BETWEEN_LOOKS);
        }
        return forks.room > 0
                ? new ForkStage(fork, forks, forks.bottom(), forks.room - 1)
                : onTopOfTheLiving(forks, fork);
    }

    private static Stage onTopOfTheLiving(ForkStage top, Object fork) {
        List<Object> living = new ArrayList<>(); // the newest first
        int all = 0;
        Stage below = top;
        while (below instanceof ForkStage && below.onValue instanceof Deferred<?> each) {
            if (!each.called()) {
                living.add(each);
            }
            all++;
            below = below.next();
        }
        Stage kept = top;
        if (living.size() < all) {
            kept = below;
            for (int i = living.size() - 1; i >= 0; i--) {
                kept = new ForkStage(living.get(i), kept, top.bottom(), 0);
            }
        }
        return new ForkStage(fork, kept, top.bottom(), Math.max(LEAST_BETWEEN_LOOKS, living.size()));
    }

    /** Those on top of an unfired pipeline need not know it. */
    @Override
    Stage under(@Nullable Object onValue, @Nullable Object onFailure) {
        return bottom() == Mark.ONE ? new Stage(onValue, onFailure, this) : super.under(onValue, onFailure);
    }
}
