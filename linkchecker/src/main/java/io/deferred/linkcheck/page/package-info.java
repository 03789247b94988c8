// SPDX-License-Identifier: Apache-2.0

/**
 * Reading pages. Begin with {@link io.deferred.linkcheck.page.PageParser}. Knows nothing of servers, or of what is
 * checked.
 */
@NullMarked
package io.deferred.linkcheck.page;

import org.jspecify.annotations.NullMarked;
