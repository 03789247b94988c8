// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import org.jspecify.annotations.Nullable;

/**
 * A pipeline that a run left in the middle and comes back to: the run's own stack, so that the thread's need not grow. With a result, the run still owns
 * the pipeline; without one it has let it go, and takes it up again only if nobody else has.
 */
record Frame(
        Pipeline pipeline,
        @Nullable Object result,
        @Nullable Stage queue,
        @Nullable Frame next) {}
