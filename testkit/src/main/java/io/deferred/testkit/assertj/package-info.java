// SPDX-License-Identifier: Apache-2.0

/**
 * {@link io.deferred.testkit.assertj.DeferredAssertions#assertThat assertThat(deferred)…} for tests that have AssertJ, which is needed at run time for this package alone.
 *
 * <p>What lives here: assertions for AssertJ. What may not: anything that the rest of the kit needs.
 */
@NullMarked
package io.deferred.testkit.assertj;

import org.jspecify.annotations.NullMarked;
