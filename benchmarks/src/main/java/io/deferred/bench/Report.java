// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench;

import java.util.List;

/**
 * What {@code --json} writes of a comparison.
 *
 * @param environment where it was measured
 * @param rows the figures of each case
 */
record Report(Environment environment, List<Row> rows) {}
