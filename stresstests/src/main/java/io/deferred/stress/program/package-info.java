// SPDX-License-Identifier: Apache-2.0

/**
 * The program behind {@code ./stress}.
 *
 * <p>{@link io.deferred.stress.program.Stress} is the command line. It has jcstress run the states that were chosen, in a JVM of its own, reads back what was seen, judges that, and prints one table.
 */
@NullMarked
package io.deferred.stress.program;

import org.jspecify.annotations.NullMarked;
