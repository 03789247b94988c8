// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Where the threads of {@link Deferred#async} come from: a new virtual thread for each body, where the JDK has them; where not, a pool of daemon threads with a limit. */
final class BodyThreads {
    static final String LIMIT_PROPERTY = "io.deferred.async.threads";
    static final int DEFAULT_LIMIT = 256;

    private static final String NAME = "deferred-async";

    private BodyThreads() {}

    /** Made on the first use, so that who never uses it pays nothing; and the property is read then. */
    private static final class Shared {
        static final Executor THREADS = make();

        private static Executor make() {
            ThreadFactory virtual = virtualThreads();
            return virtual == null
                    ? pool(limit(System.getProperty(LIMIT_PROPERTY)))
                    : body -> virtual.newThread(body).start();
        }
    }

    static Executor shared() {
        return Shared.THREADS;
    }

    /** Called by reflection, so that the same class files serve JDK 17. Null where there are none, or they are only a preview. */
    static @Nullable ThreadFactory virtualThreads() {
        try {
            Class<?> builder = Class.forName("java.lang.Thread$Builder");
            Object virtual = Thread.class.getMethod("ofVirtual").invoke(null);
            Object named = builder.getMethod("name", String.class, long.class).invoke(virtual, NAME + "-", 0L);
            return (ThreadFactory) builder.getMethod("factory").invoke(named);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }

    /** Refuses a body when all of the threads are taken: one that waited for a thread might be the one that those with a thread wait for. */
    static Executor pool(int limit) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                0, limit, 0, TimeUnit.SECONDS, new SynchronousQueue<>(), DaemonThreads.named(NAME));
        DaemonThreads.letIdleThreadsEnd(pool);
        return body -> {
            try {
                pool.execute(body);
            } catch (RejectedExecutionException e) {
                throw new RejectedExecutionException(
                        "all " + limit
                                + " threads for async bodies are taken, and this JDK has no virtual threads; let fewer bodies wait at a time, set -D"
                                + LIMIT_PROPERTY + " to more, or run on JDK 21 or newer",
                        e);
            }
        };
    }

    static int limit(@Nullable String property) {
        if (property == null) {
            return DEFAULT_LIMIT;
        }
        try {
            int limit = Integer.parseInt(property.strip());
            if (limit > 0) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException(
                "-D" + LIMIT_PROPERTY + " must be a number of threads, at least 1, not \"" + property + "\"");
    }
}
