// SPDX-License-Identifier: Apache-2.0

/**
 * Asking servers. Begin with {@link io.deferred.linkcheck.fetch.Fetcher}. Knows nothing of pages, links or reports.
 */
@NullMarked
package io.deferred.linkcheck.fetch;

import org.jspecify.annotations.NullMarked;
