// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit.suite;

import io.deferred.Deferred;
import io.deferred.DeferredLock;
import io.deferred.Leftover;
import io.deferred.VirtualClock;
import io.deferred.testkit.DeferredTest;
import io.deferred.testkit.MayLeave;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;

/** Tests that leave something behind, and some that do not. */
class Leaving {
    private static CountDownLatch gate = new CountDownLatch(0);
    private static ExecutorService executor = Executors.newCachedThreadPool();

    @BeforeAll
    static void open() {
        gate = new CountDownLatch(1);
        executor = Executors.newCachedThreadPool();
    }

    @AfterAll
    static void close() throws InterruptedException {
        gate.countDown();
        executor.shutdown();
        Assertions.assertTrue(executor.awaitTermination(30, TimeUnit.SECONDS));
    }

    private static String wait(CountDownLatch latch) {
        boolean interrupted = false;
        while (true) {
            try {
                latch.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true; // it goes on, as work does that nobody can stop
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return "done";
    }

    @DeferredTest
    Deferred<?> nothing() {
        Deferred<String> answer = new Deferred<>();
        Deferred<String> after = answer.addCallback(text -> text + "!");
        answer.callback("done");
        return after;
    }

    @DeferredTest
    Deferred<?> unhandledFailure() {
        Lines.next();
        Deferred<?> unused = Deferred.fail(new IOException("lost"));
        return Deferred.succeed("done");
    }

    @DeferredTest
    Deferred<?> unfired() {
        Lines.next();
        Deferred<String> pending = new Deferred<>();
        Deferred<?> unused = pending.addCallback(text -> text + "!");
        return Deferred.succeed("done");
    }

    @DeferredTest
    Deferred<?> armedCall(VirtualClock clock) {
        Lines.next();
        clock.callLater(Duration.ofSeconds(1), () -> {});
        return Deferred.succeed("done");
    }

    @DeferredTest
    Deferred<?> armedSleep(VirtualClock clock) {
        Lines.next();
        Deferred<?> unused = Deferred.deferLater(clock, Duration.ofSeconds(1));
        return Deferred.succeed("done");
    }

    @DeferredTest
    Deferred<?> heldLock() {
        DeferredLock lock = new DeferredLock();
        Lines.next();
        return lock.acquire().addCallback(token -> "done");
    }

    @DeferredTest
    Deferred<?> functionAtWork() {
        Lines.next();
        Deferred<?> unused = Deferred.deferToThread(executor, () -> wait(gate));
        return Deferred.succeed("done");
    }

    @DeferredTest
    Deferred<?> bodyAtWork() {
        Lines.next();
        Deferred<?> unused = Deferred.async(() -> wait(gate));
        return Deferred.succeed("done");
    }

    @DeferredTest
    Deferred<?> unfiredOfAThread() {
        return Deferred.deferToThread(executor, () -> {
            Deferred<String> pending = new Deferred<>();
            Deferred<?> unused = pending.addCallback(text -> text + "!");
            return "done";
        });
    }

    @DeferredTest
    Deferred<?> failsAndLeaves() {
        Lines.next();
        Deferred<String> pending = new Deferred<>();
        Deferred<?> unused = pending.addCallback(text -> text + "!");
        return Deferred.fail(Thrown.by("failsAndLeaves", new IOException("failed")));
    }

    @DeferredTest
    Deferred<?> abortsAndLeaves() {
        Deferred<String> pending = new Deferred<>();
        Deferred<?> unused = pending.addCallback(text -> text + "!");
        Assumptions.abort("not here");
        return pending;
    }

    @DeferredTest
    @MayLeave(Leftover.Kind.UNFIRED)
    Deferred<?> mayLeave() {
        Deferred<String> pending = new Deferred<>();
        Deferred<?> unused = pending.addCallback(text -> text + "!");
        return Deferred.succeed("done");
    }
}
