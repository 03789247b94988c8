// SPDX-License-Identifier: Apache-2.0
package io.deferred;

/**
 * A number of tokens that are waited for by Deferreds, not by threads: lets so many do something at a time. Twisted's {@code DeferredSemaphore}.
 *
 * <p><b>Callbacks</b> of a waiter run on the thread that releases a token, first come, first served; no lock of this library is held meanwhile. A million waiters that release at once need no deeper stack
 * than one.
 *
 * <p><b>Memory</b>: what was done before a release happens-before the callbacks of the one who gets the token by it.
 *
 * <p><b>Failure</b>: releasing more than was acquired throws, and changes nothing. {@link #run} gives the token back whatever happens.
 *
 * <p><b>Cancellation</b> of a waiter takes it out of the line. If it meets the hand-over, either the waiter is out and the next one gets the token, or the waiter has it, and the cancel goes to whatever it
 * waits for next.
 *
 * <p>This class is safe for use by any thread.
 */
public final class DeferredSemaphore extends Tokens<DeferredSemaphore> {
    private final int limit;

    /**
     * Makes one that has all its tokens.
     *
     * @param tokens how many there are
     * @throws IllegalArgumentException if that is less than one
     */
    public DeferredSemaphore(int tokens) {
        super(atLeastOne(tokens));
        this.limit = tokens;
    }

    private static int atLeastOne(int tokens) {
        if (tokens < 1) {
            throw new IllegalArgumentException("a semaphore needs at least one token, not " + tokens);
        }
        return tokens;
    }

    /**
     * Returns how many tokens are free now.
     *
     * @return from 0 to {@link #limit()}
     */
    public int tokens() {
        return free();
    }

    /**
     * Returns how many tokens there are, free or not.
     *
     * @return what it was made with
     */
    public int limit() {
        return limit;
    }

    @Override
    DeferredSemaphore self() {
        return this;
    }

    @Override
    String nothingHeld() {
        return "a token was released although all " + limit
                + " are here; pair each release() with an acquire() that has fired";
    }

    @Override
    public synchronized String toString() {
        return "DeferredSemaphore[" + tokens() + " of " + limit + " free, " + waiting() + " waiting]";
    }
}
