// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeferredSemaphoreTest {
    private final DeferredSemaphore semaphore = new DeferredSemaphore(2);

    @Test
    void needsAToken() {
        assertThatThrownBy(() -> new DeferredSemaphore(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one token, not 0");
    }

    @Test
    void letsAsManyInAsItHasTokens() {
        List<Integer> in = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int number = i;
            semaphore.acquire().consume(held -> in.add(number));
        }
        assertThat(in).containsExactly(0, 1);
        assertThat(semaphore.tokens()).isZero();
        assertThat(semaphore.limit()).isEqualTo(2);
        assertThat(semaphore.waiting()).isEqualTo(2);
        semaphore.release();
        assertThat(in).containsExactly(0, 1, 2);
        semaphore.release();
        assertThat(in).containsExactly(0, 1, 2, 3);
    }

    @Test
    void takesNoMoreTokensThanItGave() {
        semaphore.acquire();
        semaphore.release();
        assertThatThrownBy(semaphore::release)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("all 2 are here");
        assertThat(semaphore.tokens()).isEqualTo(2);
    }

    @Test
    void aWaiterThatItsHolderHasFiredLosesNoToken() {
        semaphore.acquire();
        semaphore.acquire();
        semaphore.acquire().callback(semaphore);
        semaphore.release();
        assertThat(semaphore.tokens()).isEqualTo(1);
        semaphore.release();
        assertThat(semaphore.tokens()).isEqualTo(2);
    }

    @Test
    void runLimitsHowManyFunctionsAreUnderWay() {
        List<Deferred<String>> work = new ArrayList<>();
        List<Deferred<String>> results = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            results.add(semaphore.run(() -> {
                work.add(new Deferred<>());
                return work.get(work.size() - 1);
            }));
        }
        assertThat(work).hasSize(2);
        work.get(1).callback("b");
        assertThat(work).hasSize(3);
        results.get(0).cancel();
        assertThat(work).hasSize(4);
        results.get(4).cancel();
        results.get(0).handle(f -> {});
        results.get(4).handle(f -> {});
        work.get(2).callback("c");
        work.get(3).callback("d");
        assertThat(work).as("the last one was cancelled while it waited").hasSize(4);
        assertThat(semaphore.tokens()).isEqualTo(2);
        assertThat(results.get(3).outcome()).contains(new Outcome.Success<>("d"));
    }

    @Test
    void showsItsState() {
        semaphore.acquire();
        assertThat(semaphore).hasToString("DeferredSemaphore[1 of 2 free, 0 waiting]");
    }
}
