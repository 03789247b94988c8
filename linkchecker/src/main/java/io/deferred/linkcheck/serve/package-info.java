// SPDX-License-Identifier: Apache-2.0

/**
 * Serving files on the loopback interface. Begin with {@link io.deferred.linkcheck.serve.LoopbackServer}. Knows nothing
 * of checking.
 */
@NullMarked
package io.deferred.linkcheck.serve;

import org.jspecify.annotations.NullMarked;
