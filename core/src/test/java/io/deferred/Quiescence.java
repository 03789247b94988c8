// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Lets one look while nothing is under way: what several threads do together has then come to its end. */
final class Quiescence {
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();

    void disturb(Runnable operation) {
        begun.incrementAndGet();
        try {
            operation.run();
        } finally {
            ended.incrementAndGet();
        }
    }

    /** What the look gives when nothing was under way from its beginning to its end. */
    <T> T look(Supplier<T> look) {
        for (; ; ) {
            int before = begun.get();
            if (ended.get() == before) {
                T seen = look.get();
                if (begun.get() == before) {
                    return seen;
                }
            }
            Busy.yieldToOwner();
        }
    }
}
