// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rarer properties of a Deferred. Each but the cancels may be read by any thread. */
final class Extras {
    volatile @Nullable Canceller<?> canceller;
    volatile @Nullable Consumer<@Nullable Object> onLateResult;

    /** The watch on the failure with which the pipeline ended, while there is one. Changed under the monitor of this object, as is what was reported. */
    volatile UnhandledFailures.@Nullable Watch watch;

    /** Where the pipeline goes on, by {@link Deferred#continueOn}, until it waits again. Written by the owner alone. */
    volatile @Nullable Executor home;

    /** The cancels that met the present run. Confined to the owner of the pipeline. */
    @Nullable
    List<CancelRequest> cancels;

    /** The failure that has been reported last, as it is or, if it has been said that it was handled after all, in {@link HandledAfterAll}. Changed under the monitor of this object. */
    private volatile @Nullable Object reported;

    private record HandledAfterAll(Failure failure) {}

    /** Whether the last report was of this failure: none is reported twice, also if it comes back. */
    boolean wasReported(Failure failure) {
        Object r = reported;
        return r == failure || (r instanceof HandledAfterAll handled && handled.failure == failure);
    }

    /** For who has the monitor. */
    void reported(Failure failure) {
        reported = failure;
    }

    /** Whether another result than this says that what was reported was handled after all, and nobody has said so yet. */
    boolean isNewsFor(Object result) {
        return reported instanceof Failure failure && failure != result;
    }

    /** The failure of which that is to be said now; null if somebody else does, or it is unhandled once more. */
    synchronized @Nullable Failure takeNews(Pipeline of) {
        if (reported instanceof Failure failure && of.unhandled() != failure) {
            reported = new HandledAfterAll(failure);
            return failure;
        }
        return null;
    }

    /** The label, a {@link Story} which then has the label, or nothing: one field, because most have neither. The story is there before others can have the Deferred. */
    private volatile @Nullable Object labelOrStory;

    @Nullable
    String label() {
        Object l = labelOrStory;
        return l instanceof Story story ? story.label() : (String) l;
    }

    void label(String label) {
        if (labelOrStory instanceof Story story) {
            story.label(label);
        } else {
            labelOrStory = label;
        }
    }

    @Nullable
    Story story() {
        return labelOrStory instanceof Story story ? story : null;
    }

    void keep(Story story) {
        labelOrStory = story;
    }
}
