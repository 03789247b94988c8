// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeferredEventTest {
    private final DeferredEvent event = new DeferredEvent();
    private final List<String> seen = new ArrayList<>();

    private Deferred<?> waitAs(String name) {
        return event.whenSet().consume(nothing -> seen.add(name));
    }

    @Test
    void firesAllWhoWaitInTheirOrder() {
        waitAs("a");
        waitAs("b");
        assertThat(event.waiting()).isEqualTo(2);
        assertThat(event.isSet()).isFalse();
        event.set();
        assertThat(seen).containsExactly("a", "b");
        assertThat(event.isSet()).isTrue();
        assertThat(event.waiting()).isZero();
    }

    @Test
    void whoComesWhileItIsSetDoesNotWait() {
        event.set();
        event.set();
        waitAs("a");
        assertThat(seen).containsExactly("a");
    }

    @Test
    void onceClearedItIsWaitedForAgain() {
        event.clear();
        event.set();
        event.clear();
        assertThat(event.isSet()).isFalse();
        waitAs("a");
        assertThat(seen).isEmpty();
        event.set();
        assertThat(seen).containsExactly("a");
    }

    @Test
    void aCancelledWaiterConcernsNobodyElse() {
        Deferred<?> a = waitAs("a");
        waitAs("b");
        a.cancel();
        assertThat(failureOf(a)).isInstanceOf(CancelledException.class);
        a.handle(f -> {});
        event.set();
        assertThat(seen).containsExactly("b");
    }

    @Test
    void aCallbackThatClearsItKeepsNobodyWaitingWhoWaitedForThisTime() {
        event.whenSet().consume(nothing -> {
            event.clear();
            waitAs("next time");
        });
        waitAs("b");
        event.set();
        assertThat(seen).containsExactly("b");
        event.set();
        assertThat(seen).containsExactly("b", "next time");
    }

    @Test
    void showsItsState() {
        waitAs("a");
        assertThat(event).hasToString("DeferredEvent[not set, 1 waiting]");
        event.set();
        assertThat(event).hasToString("DeferredEvent[set]");
    }

    @Test
    void whoComesWhileThoseWhoWaitAreFiredDoesNotWait() {
        event.whenSet().consume(nothing -> {
            waitAs("within");
            seen.add("first");
        });
        waitAs("second");
        event.set();
        assertThat(seen).containsExactly("within", "first", "second");
    }
}
