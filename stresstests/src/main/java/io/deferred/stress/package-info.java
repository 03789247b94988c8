// SPDX-License-Identifier: Apache-2.0

/**
 * What may happen, and what must not, when threads meet on a Deferred: a class for each race, for jcstress. {@code ./races} runs them.
 *
 * <p>The comment of a race is a sketch of the proof: which states of the state machine the threads meet in ({@link io.deferred.stress.Exercises}), and which arrows and invariants, numbered as in
 * {@code Pipeline}, leave only what is allowed. Its nested states are named after the property, and each outcome says in a sentence why it is allowed or forbidden. What callbacks read and write is in plain
 * fields: only the Deferred orders it. A {@code Weakened} state is a small model with the very fault that the race excludes: it has to be caught, or jcstress would not have caught it in the library either.
 */
@NullMarked
package io.deferred.stress;

import org.jspecify.annotations.NullMarked;
