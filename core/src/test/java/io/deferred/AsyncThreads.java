// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;

/** The threads that a test has its bodies run on: both kinds, as far as this JDK has them. The pool is tried on every one. */
enum AsyncThreads {
    SHARED,
    POOLED;

    private static final Executor POOL = BodyThreads.pool(4);

    <T> Deferred<T> async(Callable<T> body) {
        return this == SHARED ? Deferred.async(body) : Body.start(body, POOL);
    }
}
