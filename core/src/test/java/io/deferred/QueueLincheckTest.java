// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;

/** A queue that threads put into and get from, and give up getting from: each item is got once, in order, by who has waited longest, and neither items nor those who wait are more than may be. */
@Param(name = "thread", gen = ThreadIdGen.class)
@Param(name = "item", gen = IntGen.class, conf = "1:9")
public abstract class QueueLincheckTest extends LincheckTest {
    /** As many as wait at first. */
    static final int BACKLOG = 2;

    private final DeferredQueue<Integer> queue;
    private final Places<Integer> places;

    QueueLincheckTest(int size, Class<? extends QueueSpecification> specification) {
        super(specification);
        queue = new DeferredQueue<>(size, BACKLOG);
        places = new Places<>(BACKLOG, queue::get);
    }

    @Operation
    public void put(@Param(name = "item") int item) {
        places.taken();
        queue.put(item);
    }

    @Operation
    public boolean get(@Param(name = "thread") int thread) {
        return places.take(thread);
    }

    /** Takes the item, or gives up waiting for it. */
    @Operation
    public String leave(@Param(name = "thread") int thread) {
        return places.leave(thread)
                .map(outcome -> outcome.isSuccess() ? "got " + outcome.unwrap() : "gave up")
                .orElse("had not come");
    }

    @Operation
    public int pending() {
        places.taken();
        return queue.pending();
    }

    @Operation
    public int waiting() {
        places.taken();
        return queue.waiting();
    }
}
