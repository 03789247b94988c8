// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import io.deferred.ProgramOp.Sides;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The queue of a random program, and who put and got what. */
final class ProgramQueue {
    private final ProgramRun run;
    private final DeferredQueue<Object> queue = new DeferredQueue<>();

    // each place written by one thread
    private final List<List<ProgramValue>> put = new ArrayList<>();
    private final List<List<Got>> got = new ArrayList<>();

    /** What has become of one {@code get()}: the value is written by a callback. */
    private static final class Got {
        private Object value;
    }

    ProgramQueue(ProgramRun run) {
        this.run = run;
        for (int i = 0; i < run.numbers(); i++) {
            put.add(new ArrayList<>(2));
            got.add(new ArrayList<>(2));
        }
    }

    void put() {
        ProgramValue value = run.valueForQueue();
        put.get(run.me()).add(value);
        queue.put(value);
    }

    void get(ProgramNode node) {
        Got mine = new Got();
        got.get(run.me()).add(mine);
        Deferred<Object> waiter = queue.get();
        node.addTo(waiter, Sides.BOTH, (self, given) -> {
            mine.value = given;
            return given;
        });
        node.publish(waiter);
    }

    /** Gives something to those who wait when all threads are done. */
    void serveAll() {
        while (queue.waiting() > 0) {
            put();
        }
    }

    /**
     * When all is over: each value has been got once, or is there still; and in the order in which they were put.
     *
     * @param isFair whether nobody has fired one of those who waited
     */
    void check(boolean isFair) {
        Set<ProgramValue> left = new TreeSet<>((a, b) -> a.by() == b.by() ? a.number() - b.number() : a.by() - b.by());
        put.forEach(left::addAll);
        for (List<Got> thread : got) {
            int[] last = new int[run.numbers()];
            for (Got one : thread) {
                if (one.value instanceof ProgramValue value && value.mark().node() == ProgramValue.OF_QUEUE) {
                    ProgramRun.expect(left.remove(value), value, "was got twice, or never put");
                    ProgramRun.expect(!isFair || last[value.by()] < value.number(), value, "was got out of turn");
                    last[value.by()] = value.number();
                }
            }
        }
        for (Object item : queue.items()) {
            ProgramRun.expect(item instanceof ProgramValue value && left.remove(value), item, "is held, and was got");
        }
        ProgramRun.expect(left.isEmpty(), left, "was put, and is neither got nor held");
        ProgramRun.expect(queue.waiting() == 0, queue, "lets somebody wait in vain");
    }
}
