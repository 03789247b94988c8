// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench;

import org.jspecify.annotations.Nullable;

/** One call of one method of a scenario. */
interface Op {
    @Nullable
    Object run() throws Throwable;
}
