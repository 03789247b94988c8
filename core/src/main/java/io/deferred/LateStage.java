// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import org.jspecify.annotations.Nullable;

/** A stage that was added when the pipeline had fired and could not be run at once. It knows on top of which state it stands, so that nobody need look for it below the others: 32 bytes. */
sealed class LateStage extends Stage permits ForkStage {
    /** The state below the stages that were added to it; null once they have been taken out of the slot, so that they keep nothing alive that is over. */
    private @Nullable Object bottom;

    LateStage(@Nullable Object onValue, @Nullable Object onFailure, @Nullable Stage next, @Nullable Object bottom) {
        super(onValue, onFailure, next);
        this.bottom = bottom;
    }

    @Override
    @Nullable
    Object bottom() {
        return bottom;
    }

    @Override
    Stage under(@Nullable Object onValue, @Nullable Object onFailure) {
        return new LateStage(onValue, onFailure, this, bottom);
    }

    @Override
    void forgetBottom() {
        bottom = null;
    }
}
