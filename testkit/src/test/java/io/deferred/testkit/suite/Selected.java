// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit.suite;

import io.deferred.Deferred;
import io.deferred.testkit.DeferredTest;
import java.util.Set;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Tests to choose from. */
@Tag("all")
@DisplayName("Tests to choose from")
class Selected {
    @DeferredTest
    @DisplayName("the first one")
    Deferred<?> first() {
        return Deferred.succeed("done");
    }

    @DeferredTest
    @Tag("quick")
    Deferred<?> second(TestInfo info) {
        return Deferred.succeed(info.getTags()).consume(tags -> {
            if (!tags.equals(Set.of("all", "quick"))) {
                throw new AssertionError(tags);
            }
        });
    }

    @DeferredTest
    @Disabled("not yet")
    Deferred<?> third() {
        throw new AssertionError("disabled");
    }

    @Test
    void jupiters() {
        throw new AssertionError("it is another engine's");
    }

    @Nested
    class Deep {
        @DeferredTest
        @Tag("quick")
        Deferred<?> fourth() {
            return Deferred.succeed("done");
        }

        @DeferredTest
        Deferred<?> fifth() {
            return Deferred.succeed("done");
        }
    }

    @Nested
    @Disabled
    class Off {
        @DeferredTest
        Deferred<?> sixth() {
            throw new AssertionError("disabled");
        }
    }

    static class Extended {
        @DeferredTest
        @EnabledOnOs(OS.OTHER)
        Deferred<?> runAllTheSame() {
            return Deferred.succeed("done");
        }
    }
}
