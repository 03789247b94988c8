// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit.suite;

import io.deferred.Deferred;
import io.deferred.Leftover;
import io.deferred.testkit.DeferredTest;
import io.deferred.testkit.MayLeave;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** Classes that leave something behind outside of their tests. */
final class OfClasses {
    private OfClasses() {}

    static class Initializer {
        static final List<Deferred<?>> PENDING = new ArrayList<>();

        static {
            Lines.next();
            Deferred<String> pending = new Deferred<>();
            PENDING.add(pending.addCallback(text -> text + "!"));
        }

        @DeferredTest
        Deferred<?> innocent() {
            return Deferred.succeed(PENDING.size());
        }
    }

    static class BeforeAndAfter {
        @BeforeAll
        static void beforeAll() {
            Lines.next();
            Deferred<String> pending = new Deferred<>();
            Deferred<?> unused = pending.addCallback(text -> text + "!");
        }

        @DeferredTest
        Deferred<?> innocent() {
            return Deferred.succeed("done");
        }

        @AfterAll
        static void afterAll() {
            Lines.next();
            Deferred<String> pending = new Deferred<>();
            Deferred<?> unused = pending.addCallback(text -> text + "!");
        }
    }

    static class Unknown {
        @DeferredTest
        Deferred<?> starts() throws InterruptedException {
            Thread thread = new Thread(Unknown::leave);
            thread.start();
            thread.join();
            return Deferred.succeed("done");
        }

        static void leave() {
            Lines.next();
            Deferred<String> pending = new Deferred<>();
            Deferred<?> unused = pending.addCallback(text -> text + "!");
        }
    }

    static class OuterOfUnknown {
        @Nested
        class Inner {
            @DeferredTest
            Deferred<?> starts() throws InterruptedException {
                Thread thread = new Thread(Unknown::leave);
                thread.start();
                thread.join();
                return Deferred.succeed("done");
            }
        }
    }

    @MayLeave(Leftover.Kind.UNFIRED)
    static class Allowed {
        @BeforeAll
        static void beforeAll() {
            Deferred<String> pending = new Deferred<>();
            Deferred<?> unused = pending.addCallback(text -> text + "!");
        }

        @DeferredTest
        Deferred<?> innocent() {
            return Deferred.succeed("done");
        }
    }

    static class Clean {
        @DeferredTest
        Deferred<?> innocent() {
            return Deferred.succeed("done");
        }
    }
}
