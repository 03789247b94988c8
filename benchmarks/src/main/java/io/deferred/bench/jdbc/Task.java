// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.jdbc;

/** What is done, by each side alike. */
enum Task {
    /** One row by its key: about the least that a database can be asked, a microsecond for H2 in the same process. */
    ROW(2_000),

    /** A hundred rows by their keys. */
    ROWS(1_000),

    /** Two updates and a commit. */
    TRANSACTION(1_000);

    static final String TABLE = "deferred_bench_account";
    static final String SELECT = "select balance from " + TABLE + " where id between ? and ?";
    static final String SELECT_ONE = "select balance from " + TABLE + " where id = ?";
    static final String UPDATE = "update " + TABLE + " set balance = balance + ? where id = ?";

    /** How many there are in a round, all asked for at once: some milliseconds of work. */
    final int perRound;

    Task(int perRound) {
        this.perRound = perRound;
    }

    /** What each gives: the rows that were read, or changed. */
    int expected() {
        return switch (this) {
            case ROW -> 1;
            case ROWS -> Side.ROWS;
            case TRANSACTION -> 2;
        };
    }
}
