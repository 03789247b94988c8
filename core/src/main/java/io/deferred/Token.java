// SPDX-License-Identifier: Apache-2.0
package io.deferred;

/**
 * What the state slot of a {@link Pipeline} may hold of the library's own, besides a Thread, and the marks of stages that are no user's: one class to test for, so
 * that telling a result from a state costs one comparison.
 */
abstract sealed class Token permits Pipeline, Mark, Above, Place, Stage, Side, Parked, Link, LeftOut {}
