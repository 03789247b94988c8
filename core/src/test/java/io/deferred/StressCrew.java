// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;

/**
 * A few threads that run the parts of a round at the same time, and a great many rounds one after the other. They meet before each round by spinning, which is what makes
 * the parts overlap and a round cost microseconds; rounds come in batches, so that making and checking them does not disturb.
 */
final class StressCrew implements AutoCloseable {
    /** One use of a few Deferreds by all threads at once. */
    abstract static class Round {
        private final AtomicInteger arrived = new AtomicInteger();
        private final AtomicInteger left = new AtomicInteger();
        private volatile Throwable problem;

        /** What the thread with this number does. */
        abstract void part(int thread) throws Exception;

        /** Looks at what has become of it, when all have done their parts. */
        abstract void check() throws Exception;

        /** Something went wrong on whatever thread. */
        final void problem(String text) {
            if (problem == null) {
                problem = new AssertionError(text);
            }
        }

        private void run(int thread, int threads) {
            arrived.incrementAndGet();
            for (int spins = 0; arrived.get() < threads && spins < MOST_SPINS; spins++) {
                if (spins < SPINS_BEFORE_YIELD) {
                    Thread.onSpinWait();
                } else {
                    Busy.yieldToOwner();
                }
            }
            try {
                part(thread);
            } catch (Throwable t) {
                problem = t;
            }
            left.incrementAndGet();
        }

        static void spin(int spins) {
            for (int i = 0; i < spins; i++) {
                Thread.onSpinWait();
            }
        }

        /** Waits for another thread of this round; not for ever, if that is broken. */
        final void until(BooleanSupplier condition) {
            for (int spins = 0; spins < 2000; spins++) {
                if (condition.getAsBoolean()) {
                    return;
                }
                Thread.onSpinWait();
            }
            long begun = System.nanoTime();
            while (!condition.getAsBoolean()) {
                if (System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(SECONDS_FOR_A_BATCH) / 2) {
                    problem("waited in vain for another thread");
                    return;
                }
                Busy.yieldToOwner();
            }
        }
    }

    /** Something went wrong in the round with this number. */
    static final class Failed extends AssertionError {
        @Serial
        private static final long serialVersionUID = 1L;

        private final long round;
        private final boolean stuck;

        Failed(long round, boolean stuck, String what, Throwable cause) {
            super((stuck ? "stuck in round " : "in round ") + round + ": " + what, cause);
            this.round = round;
            this.stuck = stuck;
        }

        long round() {
            return round;
        }

        /** Whether some thread has not come back, which takes long to find out. */
        boolean isStuck() {
            return stuck;
        }
    }

    private static final int MOST_SPINS = 20_000;
    private static final int SPINS_BEFORE_YIELD = 200;
    private static final int BATCH = 64;
    private static final int SECONDS_FOR_A_BATCH = 60;

    private final int threads;
    private final List<Thread> crew = new ArrayList<>();
    private final CyclicBarrier start;
    private final CyclicBarrier end;
    private volatile List<Round> batch = List.of();
    private volatile boolean closed;

    StressCrew(int threads) {
        this.threads = threads;
        this.start = new CyclicBarrier(threads + 1);
        this.end = new CyclicBarrier(threads + 1);
        for (int i = 0; i < threads; i++) {
            int number = i;
            Thread thread = new Thread(() -> work(number), "crew-" + number);
            thread.setDaemon(true);
            thread.start();
            crew.add(thread);
        }
    }

    private void work(int number) {
        try {
            for (; ; ) {
                start.await();
                if (closed) {
                    return;
                }
                for (Round round : batch) {
                    round.run(number, threads);
                }
                end.await();
            }
        } catch (InterruptedException | BrokenBarrierException e) {
            // the test has failed, and nobody waits for this thread
        }
    }

    /** Runs the rounds with these numbers; throws what went wrong in the first that went wrong, and says which it was. */
    void run(long first, long count, LongFunction<Round> maker) throws Exception {
        for (long next = first; next < first + count; next += BATCH) {
            List<Round> made = new ArrayList<>(BATCH);
            for (long n = next; n < Math.min(next + BATCH, first + count); n++) {
                made.add(maker.apply(n));
            }
            batch = made;
            start.await();
            try {
                end.await(SECONDS_FOR_A_BATCH, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                long stuck = next;
                while (made.get((int) (stuck - next)).left.get() == threads) {
                    stuck++;
                }
                StringBuilder text = new StringBuilder();
                for (Thread thread : crew) {
                    text.append("\n").append(thread.getName());
                    for (StackTraceElement line : thread.getStackTrace()) {
                        text.append("\n    ").append(line);
                    }
                }
                throw new Failed(stuck, true, text.toString(), e);
            }
            for (int i = 0; i < made.size(); i++) {
                try {
                    if (made.get(i).problem != null) {
                        throw made.get(i).problem;
                    }
                    made.get(i).check();
                } catch (Throwable t) {
                    throw new Failed(next + i, false, t.getMessage(), t);
                }
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        if (start.getNumberWaiting() == threads) {
            try {
                start.await();
            } catch (InterruptedException | BrokenBarrierException e) {
                // they are daemons
            }
        } else {
            start.reset();
            end.reset();
        }
    }
}
