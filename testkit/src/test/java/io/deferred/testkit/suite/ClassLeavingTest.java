// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.deferred.Deferred;
import io.deferred.testkit.LeftoversError;
import org.junit.jupiter.api.Test;

class ClassLeavingTest {
    private static Throwable failureOf(Class<?> type) {
        Results results = Results.of(type);
        assertThat(results.failed()).containsExactly(type.getSimpleName());
        return results.failure(type.getSimpleName());
    }

    @Test
    void whatAnInitializerMakesIsTheClasss() {
        assertThat(failureOf(OfClasses.Initializer.class))
                .isInstanceOf(LeftoversError.class)
                .hasMessageStartingWith(OfClasses.Initializer.class.getName() + " has left behind:")
                .hasMessageContaining(Lines.of("<clinit>"));
    }

    @Test
    void whatIsMadeBeforeAndAfterAllIsTheClasss() {
        assertThat(failureOf(OfClasses.BeforeAndAfter.class))
                .isInstanceOf(LeftoversError.class)
                .hasMessageContaining(Lines.of("beforeAll"))
                .hasMessageContaining(Lines.of("afterAll"));
    }

    @Test
    void whatAnUnknownThreadMakesIsTheClasss() {
        assertThat(failureOf(OfClasses.Unknown.class))
                .isInstanceOf(LeftoversError.class)
                .hasMessageContaining(Lines.of("leave"));
    }

    @Test
    void itIsTheLastOnesOfTheClassesThatRun() {
        Results results = Results.of(OfClasses.OuterOfUnknown.class);

        assertThat(results.failed()).containsExactly("OuterOfUnknown");
        assertThat(results.failure("OuterOfUnknown")).hasMessageContaining(Lines.of("leave"));
    }

    @Test
    void aClassMayLeaveWhatItSays() {
        assertThat(Results.of(OfClasses.Allowed.class).failed()).isEmpty();
    }

    @Test
    void whatWasThereBeforeIsNoClasss() {
        assertThat(Results.of(selectClass(OfClasses.Clean.class)).failed()).isEmpty(); // now all is told

        Deferred<String> pending = new Deferred<>();
        Deferred<?> unused = pending.addCallback(text -> text + "!");

        assertThat(Results.of(OfClasses.Clean.class).failed()).isEmpty();
        pending.callback("done");
    }
}
