// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What the Lincheck tests take a lock and a semaphore for: a line of threads, of which the first few have a token each. */
public abstract class TokensSpecification {
    private final int limit;
    private final List<Integer> line = new ArrayList<>(
            IntStream.rangeClosed(1, LincheckTest.THREADS).boxed().toList());

    TokensSpecification(int limit) {
        this.limit = limit;
    }

    public boolean acquire(int thread) {
        return !line.contains(thread) && line.add(thread);
    }

    public String leave(int thread) {
        int place = line.indexOf(thread);
        if (place < 0) {
            return "had not come";
        }
        line.removeIf(one -> one == thread);
        return place < limit ? "released" : "gave up";
    }

    public int waiting() {
        return Math.max(0, line.size() - limit);
    }

    public int tokens() {
        return Math.max(0, limit - line.size());
    }

    public boolean locked() {
        return tokens() == 0;
    }
}
