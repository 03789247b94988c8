// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The code of docs/how-to/write-straight-line-code.md. */
class HowToStraightLineTest {
    private final List<String> printed = new CopyOnWriteArrayList<>();
    private final Deferred<String> user = new Deferred<>();
    private final Deferred<String> rolledBack = new Deferred<>();

    private void print(String line) {
        printed.add(line);
    }

    private Deferred<String> findUser(int id) {
        return user.named("user " + id);
    }

    private Deferred<Integer> countOrders(String name) {
        return Deferred.succeed(name.length());
    }

    private Deferred<String> rollBack() {
        return rolledBack;
    }

    @Test
    void aBodyReadsLikeAnyOtherCode() throws Exception {
        // #region body
        Deferred<String> greeting = Deferred.async(() -> {
            String name = findUser(1).await();
            int orders = countOrders(name).await();
            return name + " has " + orders + " orders";
        });
        // #endregion
        user.callback("Ada");
        assertThat(greeting.get(Duration.ofMinutes(1))).isEqualTo("Ada has 3 orders");
    }

    @Test
    void aCancelIsAnExceptionAndCleaningUpMayWait() throws Exception {
        // #region cancel
        Deferred<String> work = Deferred.async(() -> {
            try {
                return findUser(1).await();
            } catch (CancelledException e) {
                rollBack().await(); // the outer Deferred ends when this has
                throw e;
            }
        });
        // #endregion
        Point.untilAwaited(user);
        // #region cancelling
        work.cancel();
        // #endregion
        Point.untilAwaited(rolledBack);
        assertThat(work.outcome()).isEmpty();
        rolledBack.callback("done");
        Deferred<String> end = work.addErrback(CancelledException.class, e -> "cancelled");
        assertThat(end.get(Duration.ofMinutes(1))).isEqualTo("cancelled");
    }

    @Test
    void aTimeOutIsACancel() throws Exception {
        VirtualClock scheduler = new VirtualClock();
        // #region timeout
        Deferred<String> inTime = Deferred.async(() -> findUser(1).await())
                .addTimeout(Duration.ofSeconds(2), scheduler)
                .addErrback(java.util.concurrent.TimeoutException.class, e -> "nobody");
        // #endregion
        Point.untilAwaited(user);
        scheduler.advance(Duration.ofSeconds(2));
        assertThat(inTime.get(Duration.ofMinutes(1))).isEqualTo("nobody");
    }

    @Test
    void aBodyMayHaveNoResult() throws Exception {
        user.callback("Ada");
        // #region action
        Deferred<?> done = Deferred.async(() -> {
            print(findUser(1).await());
        });
        // #endregion
        done.get(Duration.ofMinutes(1));
        assertThat(printed).containsExactly("Ada");
    }
}
