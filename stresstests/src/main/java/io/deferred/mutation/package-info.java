// SPDX-License-Identifier: Apache-2.0

/** Judges what mutation testing found: which changes of the library no test noticed, and which of them are justified. It makes no mutants and runs no tests. */
@NullMarked
package io.deferred.mutation;

import org.jspecify.annotations.NullMarked;
