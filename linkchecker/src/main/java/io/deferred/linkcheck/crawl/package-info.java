// SPDX-License-Identifier: Apache-2.0

/**
 * From link to link. Begin with {@link io.deferred.linkcheck.crawl.Crawl}. Knows nothing of HTTP, HTML or output.
 */
@NullMarked
package io.deferred.linkcheck.crawl;

import org.jspecify.annotations.NullMarked;
