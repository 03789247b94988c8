// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rarer properties of a Deferred. Each but the cancels may be read by any thread. */
final class Extras {
    volatile @Nullable Canceller<?> canceller;
    volatile @Nullable String label;
    volatile @Nullable Consumer<@Nullable Object> onLateResult;

    /** The watch on the failure with which the pipeline ended, while there is one. Changed under the monitor of this object, as is what was reported. */
    volatile UnhandledFailures.@Nullable Watch watch;

    /** Where the pipeline goes on, by {@link Deferred#continueOn}, until it waits again. Written by the owner alone. */
    volatile @Nullable Executor home;

    /** The cancels that met the present run. Confined to the owner of the pipeline. */
    @Nullable
    List<CancelRequest> cancels;

    /** The failure that has been reported last: none is reported twice. */
    volatile @Nullable Failure reported;
}
