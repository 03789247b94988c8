// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit;

import io.deferred.VirtualClock;
import java.util.concurrent.Executor;

/** What a test may ask for by the type of a parameter. */
final class Parameters {
    private Parameters() {}

    static boolean isSupported(Class<?> type) {
        return type == VirtualClock.class || type == Executor.class;
    }

    static Object resolve(Class<?> type, TestRun run) {
        return type == VirtualClock.class ? run.clock() : run.executor();
    }
}
