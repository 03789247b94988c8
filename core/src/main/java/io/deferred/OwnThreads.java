// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import io.deferred.spi.EventLoopThread;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** The threads on which schedulers keep time or make calls, and which therefore must not wait: those that they have started, and one that moves a {@link VirtualClock}. */
final class OwnThreads {
    private static final ThreadLocal<@Nullable Object> MOVES_A_CLOCK = new ThreadLocal<>();

    private OwnThreads() {}

    private static final class SchedulerThread extends Thread {
        SchedulerThread(Runnable task, String name) {
            super(task, name);
            setDaemon(true);
        }
    }

    static ThreadFactory ofAScheduler(String name) {
        return task -> new SchedulerThread(task, name);
    }

    /** Makes a due call of a clock that this thread moves. */
    static void runCall(Runnable call) {
        Object before = MOVES_A_CLOCK.get();
        MOVES_A_CLOCK.set(call);
        try {
            call.run();
        } finally {
            MOVES_A_CLOCK.set(before);
        }
    }

    /** Others that must not wait: event loops, which have said that they are. */
    static void refuseOnEventLoop(String method, Deferred<?> deferred) {
        EventLoopThread.current().ifPresent(loop -> {
            throw new IllegalStateException(
                    method + " was called on " + deferred + " by the event loop " + loop
                            + ", on which everything else would stand still meanwhile; add a callback instead, or call it inside Deferred.async");
        });
    }

    static boolean isOneOfThem() {
        return Thread.currentThread() instanceof SchedulerThread || MOVES_A_CLOCK.get() != null;
    }
}
