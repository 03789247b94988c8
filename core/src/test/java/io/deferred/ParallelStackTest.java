// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.Ends.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stack stays as it is for however many. */
class ParallelStackTest {
    private static final int MILLION = 1_000_000;

    @RegisterExtension
    final Reports reports = new Reports();

    private static List<Integer> million() {
        return IntStream.range(0, MILLION).boxed().toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, MILLION})
    @Tag("long")
    void aMillionThatHaveFiredNeedNoDeeperStack(int limit) throws Exception {
        List<Integer> items = million();
        List<Integer> values = SmallStack.run(
                () -> Parallel.map(items, limit, item -> Deferred.succeed(item)).get(Duration.ZERO));
        assertThat(values).isEqualTo(items);
    }

    @Test
    @Tag("long")
    void aMillionThatHaveFailedNeedNoDeeperStack() throws Exception {
        List<Integer> items = million();
        Failure failure = new Failure(new IOException("each"));
        List<Outcome<Integer>> outcomes =
                SmallStack.run(() -> Parallel.outcomes(items, 2, item -> Deferred.<Integer>fail(failure))
                        .get(Duration.ZERO));
        assertThat(outcomes).hasSize(MILLION).containsOnly(new Outcome.Failed<>(failure));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    @Tag("long")
    void aMillionThatArePendingNeedNoDeeperStack(int limit) throws Exception {
        List<Integer> items = million();
        List<Integer> values = SmallStack.run(() -> {
            List<Deferred<Integer>> pending = new ArrayList<>();
            Deferred<List<Integer>> whole = Parallel.map(items, limit, item -> {
                Deferred<Integer> d = new Deferred<>();
                pending.add(d);
                return d;
            });
            for (int i = 0; i < MILLION; i++) {
                pending.get(i).callback(i);
            }
            return whole.get(Duration.ZERO);
        });
        assertThat(values).isEqualTo(items);
    }

    @Test
    void tenThousandUnderWayAreCancelledOnASmallStack() throws Exception {
        int[] cancels = new int[1];
        Throwable failure = SmallStack.run(() -> {
            Deferred<List<Object>> whole =
                    Parallel.map(million(), 10_000, item -> new Deferred<>(self -> cancels[0]++));
            whole.cancel();
            return failureOf(whole);
        });
        assertThat(failure).isInstanceOf(CancelledException.class);
        assertThat(cancels[0]).isEqualTo(10_000);
    }
}
