// SPDX-License-Identifier: Apache-2.0

/**
 * A link checker for the command line: a program built on {@link io.deferred.Deferred}. Begin with {@link
 * io.deferred.linkcheck.Main}.
 *
 * <pre>{@code
 *   Main -> LinkCheckCommand -> Subject          what to check: an address, a folder (serve), the demonstration (demo)
 *                            -> Crawl            from link to link           (crawl)
 *                                 -> Fetcher     asks servers                (fetch)
 *                                 -> PageParser  reads pages                 (page)
 *                            -> Reporter         prints what was found       (report)
 * }</pre>
 */
@NullMarked
package io.deferred.linkcheck;

import org.jspecify.annotations.NullMarked;
