// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.jdbc;

/** One of the two that are compared. */
interface Side {
    /** How many accounts there are, numbered from zero. */
    int ACCOUNTS = 1_000;

    /** How many of them the larger query reads. */
    int ROWS = 100;

    /** Asks for so many at once, waits for all, and returns how many rows they have read or changed. */
    long run(Task task, int howMany) throws Exception;
}
