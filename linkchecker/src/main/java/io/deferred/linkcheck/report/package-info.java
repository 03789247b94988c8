// SPDX-License-Identifier: Apache-2.0

/**
 * What was found, and ways to print it. Begin with {@link io.deferred.linkcheck.report.Report}. Knows nothing of how it
 * was found.
 */
@NullMarked
package io.deferred.linkcheck.report;

import org.jspecify.annotations.NullMarked;
