// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import java.util.concurrent.atomic.AtomicBoolean;

/** A task that is run once, by whoever comes first. */
final class Once implements Runnable {
    private final AtomicBoolean begun = new AtomicBoolean();
    private final Runnable task;

    Once(Runnable task) {
        this.task = task;
    }

    @Override
    public void run() {
        if (begun.compareAndSet(false, true)) {
            task.run();
        }
    }
}
