// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The stage of {@link Deferred#continueOn}: returns what its pipeline is to wait for. The drain loop knows it, and has it depart when the pipeline waits. */
final class HopStage implements Callback<@Nullable Object, @Nullable Object> {
    private final Pipeline traveler;
    private final Executor executor;

    private @Nullable Hop hop; // from call to depart, which one thread makes in a row

    HopStage(Pipeline traveler, Executor executor) {
        this.traveler = traveler;
        this.executor = Objects.requireNonNull(executor, "executor");
    }

    @Override
    public Object call(@Nullable Object argument) {
        Hop made = new Hop(traveler, executor, Masked.mask(argument));
        hop = made;
        traveler.setHome(executor);
        return made.landing;
    }

    void depart(Pipeline begunBy) {
        Hop made = hop;
        hop = null;
        if (made != null) {
            made.depart(begunBy);
        }
    }
}
