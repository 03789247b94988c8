// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.jdbc;

/** What is done, by each side alike. */
enum Task {
    /** One row by its key. */
    QUERY(2_000),

    /** Two updates and a commit. */
    TRANSACTION(1_000);

    static final String SELECT = "select balance from account where id = ?";
    static final String UPDATE = "update account set balance = balance + ? where id = ?";

    /** How many there are in a round, all asked for at once: some tens of milliseconds of work. */
    final int perRound;

    Task(int perRound) {
        this.perRound = perRound;
    }
}
