// SPDX-License-Identifier: Apache-2.0
package io.deferred;

/**
 * What the state slot of a {@link Pipeline} may hold of the library's own, besides a Deferred and a Thread: one class to test for, so
 * that telling a result from a state costs one comparison.
 */
abstract sealed class Token permits Mark, Stage, Side, Parked, Link, LeftOut {}
