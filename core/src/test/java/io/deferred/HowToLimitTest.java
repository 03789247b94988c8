// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The code of docs/how-to/limit-how-much-runs-at-a-time.md. */
class HowToLimitTest {
    private final List<String> printed = new ArrayList<>();
    private final List<Deferred<String>> requests = new ArrayList<>();

    private void print(String line) {
        printed.add(line);
    }

    private Deferred<String> fetch(String address) {
        requests.add(new Deferred<String>().named(address));
        return requests.get(requests.size() - 1);
    }

    @Test
    void aSemaphoreLetsSoManyIn() {
        // #region semaphore
        DeferredSemaphore four = new DeferredSemaphore(4);
        List<Deferred<String>> pages = new ArrayList<>();
        for (String address : List.of("/a", "/b", "/c", "/d", "/e", "/f")) {
            pages.add(four.run(() -> fetch(address)));
        }
        // #endregion
        assertThat(requests).hasSize(4);
        requests.get(2).callback("page c");
        assertThat(requests).hasSize(5);
        assertThat(pages.get(2).outcome()).contains(new Outcome.Success<>("page c"));
    }

    @Test
    void aLockLetsOneIn() {
        // #region lock
        DeferredLock lock = new DeferredLock();
        lock.acquire().consume(held -> {
            print("mine");
            held.release();
        });
        // #endregion
        assertThat(printed).containsExactly("mine");
        assertThat(lock.locked()).isFalse();
    }

    @Test
    void aQueueHandsItemsToWhoeverWaits() {
        // #region queue
        DeferredQueue<String> mail = new DeferredQueue<>(100, DeferredQueue.UNLIMITED);
        mail.get().consume(letter -> print("received " + letter));
        mail.put("a letter");
        // #endregion
        assertThat(printed).containsExactly("received a letter");
        for (int i = 0; i < 100; i++) {
            mail.put("more");
        }
        assertThatThrownBy(() -> mail.put("too much")).isInstanceOf(QueueOverflowException.class);
    }

    @Test
    void anEventTellsAllWhoWait() {
        // #region event
        DeferredEvent ready = new DeferredEvent();
        ready.whenSet().consume(nothing -> print("first"));
        ready.whenSet().consume(nothing -> print("second"));
        ready.set();
        // #endregion
        assertThat(printed).containsExactly("first", "second");
    }

    @Test
    void manyItemsSoManyAtATime() {
        List<String> addresses = List.of("/a", "/b", "/c", "/d", "/e", "/f");
        // #region map
        Deferred<List<String>> pages = Parallel.map(addresses, 4, address -> fetch(address));
        // #endregion
        assertThat(requests).hasSize(4);
        for (int i = 0; i < 6; i++) {
            requests.get(i).callback("page " + i);
        }
        assertThat(pages.outcome())
                .contains(new Outcome.Success<>(List.of("page 0", "page 1", "page 2", "page 3", "page 4", "page 5")));
    }

    @Test
    void everyOutcome() {
        List<String> addresses = List.of("/a", "/b");
        // #region outcomes
        Deferred<List<Outcome<String>>> outcomes = Parallel.outcomes(addresses, 4, address -> fetch(address));
        // #endregion
        requests.get(0).errback(new Exception("no such page"));
        requests.get(1).callback("page b");
        assertThat(outcomes.outcome().orElseThrow().unwrap())
                .extracting(Outcome::isSuccess)
                .containsExactly(false, true);
    }
}
