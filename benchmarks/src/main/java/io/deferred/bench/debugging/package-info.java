// SPDX-License-Identifier: Apache-2.0

/**
 * What the debug mode costs, {@code ./bench --debugging}, and that it keeps nothing for ever, {@code ./bench --soak}.
 *
 * <p>Nothing here is compared with others, because none has such a mode.
 */
@NullMarked
package io.deferred.bench.debugging;

import org.jspecify.annotations.NullMarked;
