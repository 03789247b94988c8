// SPDX-License-Identifier: Apache-2.0
package io.deferred;

/** What this library calls later for itself, on nobody's account. */
@FunctionalInterface
interface Housekeeping extends Runnable {}
