// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit.suite;

import io.deferred.Deferred;
import io.deferred.testkit.DeferredTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

/** What is run around tests, and when. */
final class Lifecycles {
    static final List<String> STEPS = new ArrayList<>();

    private Lifecycles() {}

    private static void step(String step) {
        STEPS.add(step);
    }

    private static Deferred<?> test(String name) {
        return Deferred.succeed(name).tap(Lifecycles::step);
    }

    abstract static class Base {
        @BeforeAll
        static void baseBeforeAll() {
            step("base before all");
        }

        @BeforeEach
        void baseBefore() {
            step("base before");
        }

        @AfterEach
        void baseAfter() {
            step("base after");
        }

        @AfterAll
        static void baseAfterAll() {
            step("base after all");
        }

        @DeferredTest
        Deferred<?> inherited() {
            return test("inherited");
        }
    }

    static class Derived extends Base {
        static {
            step("initializer");
        }

        Derived() {
            step("constructor");
        }

        @BeforeAll
        static void beforeAll() {
            step("before all");
        }

        @BeforeEach
        void before() {
            step("before");
        }

        @AfterEach
        void after() {
            step("after");
        }

        @AfterAll
        static void afterAll() {
            step("after all");
        }

        @Nested
        class Inner {
            Inner() {
                step("inner constructor");
            }

            @BeforeAll
            static void innerBeforeAll() {
                step("inner before all");
            }

            @BeforeEach
            void innerBefore() {
                step("inner before");
            }

            @AfterEach
            void innerAfter() {
                step("inner after");
            }

            @AfterAll
            static void innerAfterAll() {
                step("inner after all");
            }

            @DeferredTest
            Deferred<?> within() {
                return test("within");
            }
        }
    }

    /** What fails, and what is run all the same. */
    static class BeforeFails {
        @BeforeEach
        void before() {
            throw Thrown.by("beforeEach", new IllegalStateException("before"));
        }

        @DeferredTest
        Deferred<?> notRun() {
            return test("not run");
        }

        @AfterEach
        void after() {
            step("after");
        }
    }

    static class AfterFails {
        @DeferredTest
        Deferred<?> failsTwice() {
            return Deferred.fail(Thrown.by("failsTwice", new IllegalStateException("test")));
        }

        @AfterEach
        void after() {
            throw Thrown.by("afterEach", new IllegalStateException("after"));
        }
    }

    static class ConstructorFails {
        ConstructorFails() {
            throw Thrown.by("constructor", new IllegalStateException("constructor"));
        }

        @DeferredTest
        Deferred<?> notMade() {
            return test("not made");
        }

        @AfterEach
        void after() {
            step("after");
        }
    }

    static class BeforeAllFails {
        @BeforeAll
        static void beforeAll() {
            Assertions.fail("before all");
        }

        @DeferredTest
        Deferred<?> notReached() {
            return test("not reached");
        }

        @AfterAll
        static void afterAll() {
            step("after all");
        }
    }

    static class InitializerFails {
        static final int NUMBER = Integer.parseInt("no number");

        @DeferredTest
        Deferred<?> notInitialized() {
            return test("not initialized");
        }
    }
}
