// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import org.jspecify.annotations.Nullable;

/**
 * The part of a {@link Pair} that fires. When it has become unreachable and has not fired, the read side fails with {@link AbandonedException}: found out by the garbage collector, and so some time later, seconds or hours, or never if there is memory enough. The errbacks then run on a daemon thread of this library,
 * {@code deferred-abandoned}, which is started by the first pair: they must not block it.
 *
 * <p>This class is safe for use by any thread.
 *
 * @param <T> the type of the result
 */
public final class WriteSide<T extends @Nullable Object> {
    /** Made on the first use. */
    private static final class Abandoned {
        static final Cleaner CLEANER = Cleaner.create(DaemonThreads.named("deferred-abandoned"));

        private Abandoned() {}
    }

    /** Refers to the read side alone. */
    private record Fail(Pipeline readSide) implements Runnable {
        @Override
        public void run() {
            if (!readSide.isFired()) {
                readSide.fire(new Failure(AbandonedException.of(readSide)));
            }
        }
    }

    private final Deferred<T> readSide;
    private final Cleaner.Cleanable whenDropped;

    WriteSide(Deferred<T> readSide) {
        this.readSide = readSide;
        this.whenDropped = Abandoned.CLEANER.register(this, new Fail(readSide));
    }

    /**
     * Fires the read side with a result: {@link Deferred#callback}.
     *
     * @param result may be null
     * @throws AlreadyCalledException if it was fired before, other than by a cancel whose one late result this is
     */
    public void callback(T result) {
        fire(() -> readSide.callback(result));
    }

    /**
     * Fires the read side with an error: {@link Deferred#errback(Throwable)}.
     *
     * @param error what went wrong
     * @throws AlreadyCalledException if it was fired before, other than by a cancel whose one late result this is
     */
    public void errback(Throwable error) {
        fire(() -> readSide.errback(error));
    }

    /**
     * Fires the read side with a failure: {@link Deferred#errback(Failure)}.
     *
     * @param failure what went wrong
     * @throws AlreadyCalledException if it was fired before, other than by a cancel whose one late result this is
     */
    public void errback(Failure failure) {
        fire(() -> readSide.errback(failure));
    }

    private void fire(Runnable firing) {
        try {
            firing.run();
            whenDropped.clean(); // which finds it fired
        } finally {
            Reference.reachabilityFence(this); // not dropped before that
        }
    }

    /**
     * Tells whether the read side has fired: by this, or by a cancel, after which nobody waits for what this would bring.
     *
     * @return true from then on for ever
     */
    public boolean called() {
        return readSide.called();
    }

    /** Returns the text of the read side. */
    @Override
    public String toString() {
        return "WriteSide of " + readSide;
    }
}
