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
        List<Deferred<List<Integer>>> all = new ArrayList<>(howMany);
        for (int i = 0; i < howMany; i++) {
            int id = i % ACCOUNTS;
            all.add(task == Task.QUERY ? query(id) : move(id, (id + 1) % ACCOUNTS));
        }
        long sum = 0;
        for (List<Integer> one : Deferred.gatherResults(all).get(LIMIT)) {
            sum += one.get(0);
        }
        return sum;
    }

    private Deferred<List<Integer>> query(int id) {
        return pool.runQuery(Task.SELECT, row -> row.getInt(1), id);
    }

    private Deferred<List<Integer>> move(int from, int to) {
        return pool.runInteraction(tx -> List.of(tx.execute(Task.UPDATE, -1, from) + tx.execute(Task.UPDATE, 1, to)));
    }
}
