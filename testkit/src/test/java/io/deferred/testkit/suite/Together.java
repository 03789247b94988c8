// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit.suite;

import io.deferred.Deferred;
import io.deferred.testkit.DeferredTest;
import io.deferred.testkit.VirtualTime;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Classes that can only be run in parallel: each test meets one of the other class twice. */
final class Together {
    private static final CyclicBarrier BARRIER = new CyclicBarrier(2);

    private Together() {}

    private static void meet() throws Exception {
        BARRIER.await(30, TimeUnit.SECONDS);
    }

    static class Dirty {
        @DeferredTest
        Deferred<?> leavesInParallel() throws Exception {
            meet();
            Lines.next();
            Deferred<String> pending = new Deferred<>();
            Deferred<?> unused = pending.addCallback(text -> text + "!");
            meet();
            return Deferred.succeed("done");
        }
    }

    static class Clean {
        @DeferredTest
        Deferred<?> isCleanInParallel() throws Exception {
            meet();
            Deferred<String> fired = new Deferred<>();
            Deferred<String> after = fired.addCallback(text -> text + "!");
            meet();
            fired.callback("done");
            return after;
        }
    }

    static class Careful {
        @DeferredTest
        @Execution(ExecutionMode.SAME_THREAD)
        Deferred<?> staysOnItsThread() {
            return Deferred.succeed("done");
        }

        @DeferredTest
        @VirtualTime
        Deferred<?> measuresAges() {
            return Deferred.succeed("done");
        }

        @DeferredTest
        Deferred<?> doesNotCare() {
            return Deferred.succeed("done");
        }
    }
}
