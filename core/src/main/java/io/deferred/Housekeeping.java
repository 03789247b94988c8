// SPDX-License-Identifier: Apache-2.0
package io.deferred;

/** Marks a delayed call that this library makes for itself: no test has asked for it, and none is to wait for its end, or to cancel it. */
@FunctionalInterface
interface Housekeeping extends Runnable {}
