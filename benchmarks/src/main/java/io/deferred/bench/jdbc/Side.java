// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.jdbc;

/** One of the two that are compared. */
interface Side {
    /** How many accounts there are, numbered from zero. */
    int ACCOUNTS = 1_000;

    /** Asks for so many at once, waits for all, and returns the sum of what they have given. */
    long run(Task task, int howMany) throws Exception;
}
