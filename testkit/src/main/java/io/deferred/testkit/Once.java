// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit;

import java.util.concurrent.atomic.AtomicInteger;

/** Something that has to be done exactly once, like the closing of a connection. Made by {@link DeferredTesting#exactlyOnce}. */
final class Once implements Runnable {
    private final String name;
    private final AtomicInteger times = new AtomicInteger();

    Once(String name) {
        this.name = name;
    }

    @Override
    public void run() {
        times.incrementAndGet();
    }

    boolean isRight() {
        return times.get() == 1;
    }

    @Override
    public String toString() {
        return "'" + name + "' was to be run exactly once, and was run " + times + " times";
    }
}
