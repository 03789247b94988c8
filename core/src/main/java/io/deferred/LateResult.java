// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import io.deferred.spi.Tracker;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What becomes of a result that comes after the cancel: nobody waits for it, but it may need closing, or be of interest to who looks for a defect. */
final class LateResult {
    private LateResult() {}

    static void dispose(Pipeline cancelled, @Nullable Extras extras, Object late) {
        if (late instanceof Failure failure) {
            FailureLog.late(failure, cancelled.describe());
            Tracker tracker = Leftover.tracker();
            if (tracker != null) {
                tracker.late((Deferred<?>) cancelled, failure);
            }
            return;
        }
        Consumer<@Nullable Object> handler = extras == null ? null : extras.onLateResult;
        if (handler == null) {
            return;
        }
        try {
            handler.accept(Masked.unmask(late));
        } catch (Throwable t) {
            UnhandledFailures.report(new Failure(t), "the handler of a late result of " + cancelled.describe());
        }
    }
}
