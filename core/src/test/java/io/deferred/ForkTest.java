// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Readers of one that lives long come and go. */
class ForkTest {
    private static final int MANY = 1000;

    /** Where the one that is forked stands meanwhile, and how it goes on. */
    private enum Waiting {
        UNFIRED {
            @Override
            Runnable make(Deferred<Integer> shared) {
                return () -> shared.callback(7);
            }
        },
        FOR_ANOTHER {
            @Override
            Runnable make(Deferred<Integer> shared) {
                Deferred<Integer> inner = new Deferred<>();
                var unused = shared.chainCallback(v -> inner);
                shared.callback(1);
                return () -> inner.callback(7);
            }
        };

        abstract Runnable make(Deferred<Integer> shared);
    }

    @ParameterizedTest
    @EnumSource
    void thoseThatWereCancelledAreNotKept(Waiting waiting) {
        Deferred<Integer> shared = new Deferred<>();
        Runnable goOn = waiting.make(shared);
        List<WeakReference<Deferred<Integer>>> gone = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            Deferred<Integer> fork = shared.fork();
            gone.add(new WeakReference<>(fork));
            cancelQuietly(fork);
        }
        assertThat(aliveOf(gone)).isLessThan(20);
        goOn.run();
        assertThat(shared.outcome()).contains(new Outcome.Success<>(7));
    }

    @ParameterizedTest
    @EnumSource
    void theOthersHaveTheValueInTheOrderOfTheirMaking(Waiting waiting) {
        Deferred<Integer> shared = new Deferred<>();
        Runnable goOn = waiting.make(shared);
        List<Integer> order = new ArrayList<>();
        List<Deferred<Integer>> forks = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            int number = i;
            forks.add(shared.fork().tap(v -> order.add(number)));
            if (i % 3 != 0) {
                cancelQuietly(forks.get(i - 1));
            }
        }
        goOn.run();
        List<Integer> expected = IntStream.range(0, MANY)
                .filter(i -> i == MANY - 1 || (i + 1) % 3 == 0)
                .boxed()
                .toList();
        assertThat(order).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void aCallbackBetweenForksKeepsItsPlace(Waiting waiting) {
        Deferred<Integer> shared = new Deferred<>();
        Runnable goOn = waiting.make(shared);
        List<Deferred<Integer>> before = forksOf(shared);
        Deferred<Integer> tens = shared.addCallback(v -> 10 * v);
        List<Deferred<Integer>> after = forksOf(tens);
        goOn.run();
        assertThat(before).allSatisfy(fork -> assertThat(fork.outcome()).contains(new Outcome.Success<>(7)));
        assertThat(after).allSatisfy(fork -> assertThat(fork.outcome()).contains(new Outcome.Success<>(70)));
    }

    /** Were all that there are looked at for each new one, this would take minutes. */
    @Test
    void veryManyAllHaveTheValue() {
        Deferred<Integer> shared = new Deferred<>();
        List<Deferred<Integer>> forks = new ArrayList<>();
        for (int i = 0; i < 200 * MANY; i++) {
            forks.add(shared.fork());
        }
        shared.callback(7);
        assertThat(forks).allMatch(Deferred::called);
    }

    private static List<Deferred<Integer>> forksOf(Deferred<Integer> shared) {
        List<Deferred<Integer>> kept = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            kept.add(shared.fork());
            cancelQuietly(shared.fork());
        }
        return kept;
    }

    private static void cancelQuietly(Deferred<Integer> fork) {
        fork.handle(f -> {});
        fork.cancel();
    }

    private static long aliveOf(List<WeakReference<Deferred<Integer>>> gone) {
        System.gc();
        return gone.stream().filter(each -> each.get() != null).count();
    }
}
