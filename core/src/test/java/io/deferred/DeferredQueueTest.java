// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeferredQueueTest {
    private final List<@Nullable String> got = new ArrayList<>();

    private void getInto(DeferredQueue<String> queue) {
        queue.get().consume(got::add);
    }

    @Test
    void givesItemsInTheOrderInWhichTheyWerePut() {
        DeferredQueue<String> queue = new DeferredQueue<>();
        queue.put("a");
        queue.put("b");
        assertThat(queue.pending()).isEqualTo(2);
        getInto(queue);
        getInto(queue);
        assertThat(got).containsExactly("a", "b");
    }

    @Test
    void givesAnItemToTheOneWhoHasWaitedLongest() {
        DeferredQueue<String> queue = new DeferredQueue<>();
        Deferred<String> first = queue.get();
        Deferred<String> second = queue.get();
        queue.put("a");
        assertThat(first.outcome()).contains(new Outcome.Success<>("a"));
        assertThat(second.called()).isFalse();
        assertThat(queue.waiting()).isEqualTo(1);
    }

    @Test
    void nullIsAnItem() {
        DeferredQueue<@Nullable String> queue = new DeferredQueue<>();
        queue.put(null);
        queue.get().consume(got::add);
        assertThat(got).containsExactly((String) null);
    }

    @Test
    void aFailureFailsTheOneWhoGetsIt() {
        DeferredQueue<Object> queue = new DeferredQueue<>();
        Exception wrong = new Exception("wrong");
        queue.put(new Failure(wrong));
        Deferred<Object> taken = queue.get();
        assertThat(failureOf(taken)).isSameAs(wrong);
        taken.handle(f -> {});
    }

    @Test
    void aDeferredIsRefused() {
        DeferredQueue<Object> queue = new DeferredQueue<>();
        assertThatThrownBy(() -> queue.put(new Deferred<>())).isInstanceOf(IllegalArgumentException.class);
        assertThat(queue.pending()).isZero();
    }

    @Test
    void aFullQueueRefusesAnItemAndStaysSound() {
        DeferredQueue<String> queue = new DeferredQueue<>(1, DeferredQueue.UNLIMITED);
        queue.put("a");
        assertThatThrownBy(() -> queue.put("b"))
                .isInstanceOf(QueueOverflowException.class)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("holds 1 item,");
        getInto(queue);
        queue.put("c");
        getInto(queue);
        assertThat(got).containsExactly("a", "c");
    }

    @Test
    void withoutRoomAnItemCanStillBeHandedOver() {
        DeferredQueue<String> queue = new DeferredQueue<>(0, 1);
        assertThatThrownBy(() -> queue.put("nobody")).isInstanceOf(QueueOverflowException.class);
        getInto(queue);
        assertThatThrownBy(queue::get)
                .isInstanceOf(QueueUnderflowException.class)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("1 wait");
        queue.put("a");
        assertThat(got).containsExactly("a");
    }

    @Test
    void withoutABacklogOneCanOnlyGetWhatIsThere() {
        DeferredQueue<String> queue = new DeferredQueue<>(5, 0);
        assertThatThrownBy(queue::get).isInstanceOf(QueueUnderflowException.class);
        queue.put("a");
        getInto(queue);
        assertThat(got).containsExactly("a");
    }

    @Test
    void limitsMustNotBeNegative() {
        assertThatThrownBy(() -> new DeferredQueue<>(-1, 0))
                .hasMessageContaining("size")
                .hasMessageContaining("-1");
        assertThatThrownBy(() -> new DeferredQueue<>(0, -2)).hasMessageContaining("backlog");
    }

    @Test
    void aCancelledGetterIsGone() {
        DeferredQueue<String> queue = new DeferredQueue<>();
        Deferred<String> gone = queue.get();
        getInto(queue);
        gone.cancel();
        queue.put("a");
        assertThat(got).containsExactly("a");
        assertThat(failureOf(gone)).isInstanceOf(CancelledException.class);
        gone.handle(f -> {});
    }

    @Test
    void aGetterThatItsHolderHasFiredLosesNoItem() {
        DeferredQueue<String> queue = new DeferredQueue<>();
        queue.get().callback("mine");
        queue.put("a");
        assertThat(queue.pending()).isEqualTo(1);
        getInto(queue);
        assertThat(got).containsExactly("a");
    }

    @Test
    void whatAGetterPutsIsGivenAwayWhenItHasReturned() {
        DeferredQueue<String> queue = new DeferredQueue<>(0, DeferredQueue.UNLIMITED);
        queue.get().consume(item -> {
            got.add(item + " begins");
            queue.put("b");
            assertThatThrownBy(() -> queue.put("too many")).isInstanceOf(QueueOverflowException.class);
            got.add(item + " ends");
        });
        getInto(queue);
        queue.put("a");
        assertThat(got).containsExactly("a begins", "a ends", "b");
    }

    @Test
    void whatIsStillToBeGivenMakesRoomInTheLine() {
        DeferredQueue<String> queue = new DeferredQueue<>(DeferredQueue.UNLIMITED, 2);
        queue.get().consume(item -> {
            queue.put("b");
            getInto(queue);
        });
        getInto(queue);
        queue.put("a");
        assertThat(got).as("one of two who wait has an item coming").containsExactly("b");
        assertThat(queue.waiting()).isEqualTo(1);
    }

    @Test
    void showsItsState() {
        DeferredQueue<String> queue = new DeferredQueue<>();
        queue.get();
        assertThat(queue).hasToString("DeferredQueue[0 pending, 1 waiting]");
    }
}
