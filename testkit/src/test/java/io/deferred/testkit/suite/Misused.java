// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit.suite;

import io.deferred.Deferred;
import io.deferred.testkit.DeferredTest;
import io.deferred.testkit.Schedules;
import io.deferred.testkit.TimeLimit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInfo;

/** What cannot be run. */
@SuppressWarnings({"UnusedMethod", "ClassCanBeStatic"}) // that is what is wrong with them
final class Misused {
    private Misused() {}

    static class Methods {
        @DeferredTest
        void isVoid() {}

        @DeferredTest
        Object isVague() {
            return Deferred.succeed("done");
        }

        @DeferredTest
        private Deferred<?> isPrivate() {
            return Deferred.succeed("done");
        }

        @DeferredTest
        static Deferred<?> isStatic() {
            return Deferred.succeed("done");
        }

        @DeferredTest
        @Schedules(0)
        Deferred<?> hasNoSchedules() {
            return Deferred.succeed("done");
        }

        @DeferredTest
        @TimeLimit(millis = 0)
        Deferred<?> hasNoTime() {
            return Deferred.succeed("done");
        }

        @DeferredTest
        @Tag("two words")
        Deferred<?> hasNoTag() {
            return Deferred.succeed("done");
        }

        @DeferredTest
        Deferred<?> isRight() {
            return Deferred.succeed("done");
        }
    }

    private static class Hidden {
        @DeferredTest
        Deferred<?> test() {
            return Deferred.succeed("done");
        }
    }

    static class Outer {
        class NotNested {
            @DeferredTest
            Deferred<?> test() {
                return Deferred.succeed("done");
            }
        }
    }

    static class TwoConstructors {
        TwoConstructors() {}

        TwoConstructors(TestInfo info) {}

        @DeferredTest
        Deferred<?> test() {
            return Deferred.succeed("done");
        }
    }

    static class NotStatic {
        @BeforeAll
        void beforeAll() {}

        @DeferredTest
        Deferred<?> test() {
            return Deferred.succeed("done");
        }
    }

    static class NotVoid {
        @BeforeEach
        Deferred<?> before() {
            return Deferred.succeed("done");
        }

        @DeferredTest
        Deferred<?> test() {
            return Deferred.succeed("done");
        }
    }

    /** A class that nobody else can name. */
    static Class<?> hidden() {
        return Hidden.class;
    }
}
