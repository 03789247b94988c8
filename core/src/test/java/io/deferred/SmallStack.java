// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** Runs a program on a thread with a stack of 256 KiB: what recurses over a million of anything overflows it. */
final class SmallStack {
    private static final int BYTES = 256 * 1024;

    private SmallStack() {}

    static <T> T run(Callable<T> program) throws Exception {
        FutureTask<T> task = new FutureTask<>(program);
        Thread thread = new Thread(null, task, "small-stack", BYTES);
        thread.setDaemon(true);
        thread.start();
        return task.get();
    }
}
