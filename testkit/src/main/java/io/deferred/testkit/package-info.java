// SPDX-License-Identifier: Apache-2.0

/** X. */
@NullMarked
package io.deferred.testkit;

import org.jspecify.annotations.NullMarked;
