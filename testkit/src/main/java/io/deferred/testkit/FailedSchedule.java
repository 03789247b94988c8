// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit;

/** Says in which order a test has failed. Suppressed by the failure itself. */
final class FailedSchedule extends Exception {
    private static final long serialVersionUID = 1L;

    FailedSchedule(long seed) {
        super(
                "it failed in the order of seed " + seed + "; to run that one alone: @Schedules(seed = " + seed + "L)",
                null,
                true,
                false);
    }
}
