// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit.suite;

import io.deferred.Deferred;
import io.deferred.testkit.DeferredTest;
import io.deferred.testkit.Schedules;
import io.deferred.testkit.TimeLimit;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.junit.jupiter.api.Timeout;

/** Tests with annotations of their own, exceptions of their own, and annotations that do not count. */
class Composed {
    @DeferredTest
    @TimeLimit(millis = 1)
    @Retention(RetentionPolicy.RUNTIME)
    @interface QuickTest {}

    private static final class Mute extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Mute() {
            super("it has nothing to say besides", null, false, false);
        }
    }

    @QuickTest
    Deferred<?> hasOneMillisecond() {
        return new Deferred<>();
    }

    @Schedules(seed = 5)
    void throwsWhatCannotTellOfMore() {
        throw new Mute();
    }

    static class Timed {
        @DeferredTest
        @Timeout(1)
        Deferred<?> hasATimeoutOfJupiters() {
            return Deferred.succeed("done");
        }
    }
}
