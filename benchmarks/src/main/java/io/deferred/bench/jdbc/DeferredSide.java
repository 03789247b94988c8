// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.jdbc;

import io.deferred.Deferred;
import io.deferred.jdbc.ConnectionPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Through the pool of {@code deferred-jdbc}. */
record DeferredSide(ConnectionPool pool) implements Side {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @Override
    public long run(Task task, int howMany) throws Exception {
        List<Deferred<Integer>> all = new ArrayList<>(howMany);
        for (int i = 0; i < howMany; i++) {
            int id = i % ACCOUNTS;
            int from = 2 * i % ACCOUNTS; // and the next one: pairs that do not wait for each other
            all.add(
                    switch (task) {
                        case ROW -> size(pool.runQuery(Task.SELECT_ONE, row -> row.getInt(1), id));
                        case ROWS ->
                            size(pool.runQuery(
                                    Task.SELECT,
                                    row -> row.getInt(1),
                                    id % (ACCOUNTS - ROWS),
                                    id % (ACCOUNTS - ROWS) + ROWS - 1));
                        case TRANSACTION -> move(from, from + 1);
                    });
        }
        long sum = 0;
        for (int one : Deferred.gatherResults(all).get(LIMIT)) {
            sum += one;
        }
        return sum;
    }

    private static Deferred<Integer> size(Deferred<List<Integer>> rows) {
        return rows.addCallback(List::size);
    }

    private Deferred<Integer> move(int from, int to) {
        return pool.runInteraction(tx -> tx.execute(Task.UPDATE, -1, from) + tx.execute(Task.UPDATE, 1, to));
    }
}
