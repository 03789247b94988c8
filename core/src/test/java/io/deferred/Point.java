// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets the test go on when the body has come to a point, and the body when the test has. */
final class Point {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);

    void pass() {
        reached.countDown();
        await(opened);
    }

    void untilReached() {
        await(reached);
    }

    void open() {
        opened.countDown();
    }

    private static void await(CountDownLatch latch) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Returns when the body waits for it. */
    static void untilAwaited(Deferred<?> deferred) {
        while (Stage.bottom(deferred.state()) == null) {
            Busy.yieldToOwner();
        }
    }
}
