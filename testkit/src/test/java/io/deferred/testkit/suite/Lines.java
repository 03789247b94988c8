// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit.suite;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which line of a bad test makes what it leaves behind. */
final class Lines {
    private static final Map<String, String> NEXT = new ConcurrentHashMap<>();

    private Lines() {}

    /** It is the one after this. */
    static void next() {
        StackTraceElement here = StackWalker.getInstance()
                .walk(frames -> frames.skip(1).findFirst().orElseThrow())
                .toStackTraceElement();
        NEXT.put(here.getMethodName(), "(" + here.getFileName() + ":" + (here.getLineNumber() + 1) + ")");
    }

    static String of(String method) {
        return NEXT.get(method);
    }
}
