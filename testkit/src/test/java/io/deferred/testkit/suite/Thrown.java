// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit.suite;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** With which exceptions bad tests have failed. */
final class Thrown {
    private static final Map<String, Throwable> LAST = new ConcurrentHashMap<>();

    private Thrown() {}

    static <E extends Throwable> E by(String method, E exception) {
        LAST.put(method, exception);
        return exception;
    }

    static Throwable by(String method) {
        return LAST.get(method);
    }
}
