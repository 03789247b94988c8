// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Work over a row of items in as many lanes as items may be under way: each lane is a loop that takes the next item when its last one has ended.
 *
 * @param <T> the type of the items
 * @param <R> the type of their values
 * @param <E> what the list holds for each
 */
final class Lanes<T extends @Nullable Object, R extends @Nullable Object, E extends @Nullable Object> {
    /*
     * State: stop. Null; or why no other item is begun: CANCELLED, or a First. Set once, by compare-and-set (stopFor).
     *
     * Invariants
     * I1 Each place in ends is written once at most, by the lane that has taken the item, before that lane ends.
     * I2 A lane shows its operation before it looks at stop, and who stops sets stop before looking at the operations. So an operation is either not begun, or told by each cancel.
     * I3 open counts the lanes that have not ended, and the one who starts them. Who brings it to zero, alone, fires the whole.
     *
     * Why it is safe: the count publishes all ends to whoever brings it to zero. The lanes' own loops are not cancelled; a cancel that comes when an operation has just ended
     * may be left to its loop, which fails then: by that time stop is set, and there is nothing left to do.
     */
    enum AtFailure {
        STOP,
        GO_ON
    }

    /** The failure that has stopped the whole. */
    private record First(Failure failure, int index) {}

    private static final Object CANCELLED = new Object();

    // immutable
    private final @Nullable Object[] items;
    private final Callback<? super T, ? extends Deferred<? extends R>> function;
    private final AtFailure atFailure;
    private final Function<@Nullable Object, E> shown;
    private final Deferred<List<E>> whole = new Deferred<>(new PassOn<>(this::cancel));
    private final List<Lane> lanes;

    // shared: see State
    private final AtomicReference<@Nullable Object> stop = new AtomicReference<>();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger(1);
    /** In slot form. Null where an item was not begun, or ended by our own cancel. */
    private final @Nullable Object[] ends;

    Lanes(
            Collection<? extends T> items,
            int limit,
            Callback<? super T, ? extends Deferred<? extends R>> function,
            AtFailure atFailure,
            Function<@Nullable Object, E> shown) {
        Objects.requireNonNull(items, "items");
        this.function = Objects.requireNonNull(function, "function");
        if (limit < 1) {
            throw new IllegalArgumentException("the limit must be at least one item at a time, not " + limit);
        }
        this.items = items.toArray();
        this.atFailure = atFailure;
        this.shown = shown;
        this.ends = new @Nullable Object[this.items.length];
        this.lanes = Stream.generate(Lane::new)
                .limit(Math.min(limit, this.items.length))
                .toList();
    }

    Deferred<List<E>> start() {
        for (Lane lane : lanes) {
            if (stop.get() != null || next.get() >= items.length) {
                break; // whatever is left, the lanes that are open see to it
            }
            open.incrementAndGet();
            lane.start();
        }
        oneLess();
        return whole;
    }

    private void cancel() {
        stopFor(CANCELLED);
        cancelUnderWay();
    }

    private boolean stopFor(Object reason) {
        return stop.compareAndSet(null, reason);
    }

    private void cancelUnderWay() {
        for (Lane lane : lanes) {
            Operation<R> operation = lane.operation;
            if (operation != null) {
                operation.cancel();
            }
        }
    }

    private void oneLess() {
        if (open.decrementAndGet() > 0) {
            return;
        }
        Object result = result();
        if (!whole.fire(result)) {
            whole.late(result); // somebody else has fired it
        }
    }

    // ---- the end

    private Object result() {
        Object reason = stop.get();
        if (reason instanceof First first) {
            return failed(new FirstErrorException(first.failure, first.index), first.index);
        }
        boolean cancelled = reason == CANCELLED;
        for (Object end : ends) {
            if (end == null || (cancelled && end instanceof Failure)) {
                return failed(CancelledException.of(whole), -1);
            }
        }
        return list();
    }

    private Failure failed(Throwable ours, int first) {
        for (int i = 0; i < ends.length; i++) {
            if (i != first && ends[i] instanceof Failure failure) {
                ours.addSuppressed(failure.exception());
            }
        }
        return new Failure(ours);
    }

    @SuppressWarnings("unchecked") // all places have been turned into what the list is to hold
    private List<E> list() {
        for (int i = 0; i < ends.length; i++) {
            ends[i] = shown.apply(Masked.unmask(Objects.requireNonNull(ends[i])));
        }
        return (List<E>) Collections.unmodifiableList(Arrays.asList(ends));
    }

    private final class Lane {
        /** The one under way, if there is one. See I2. */
        private volatile @Nullable Operation<R> operation;

        void start() {
            Callback<@Nullable Object, @Nullable Object> end = this::end;
            Deferred.<@Nullable Object>loop(this::turn).add(end, end);
        }

        private Deferred<Turn<@Nullable Object>> turn() {
            int index = next.getAndIncrement();
            if (index >= items.length) {
                return noMore();
            }
            Operation<R> begun = new Operation<>();
            operation = begun;
            if (stop.get() != null) {
                begun.begin(() -> Deferred.succeed(Masked.as(null))); // or a dump would show it until it is collected
                return noMore();
            }
            Deferred<Turn<@Nullable Object>> turn =
                    begun.end().addBoth(outcome -> itemEnded(index, begun, Adapters.slot(outcome)));
            begun.begin(() -> function.call(Masked.as(items[index])));
            return turn;
        }

        private static <N extends @Nullable Object> Deferred<Turn<N>> noMore() {
            return Deferred.succeed(Turn.stop(Masked.as(null)));
        }

        private Turn<@Nullable Object> itemEnded(int index, Operation<R> ended, Object end) {
            operation = null;
            if (!(end instanceof Failure failure)) {
                ends[index] = end;
            } else if (!ended.endedByCancel(failure)) {
                ends[index] = end;
                if (atFailure == AtFailure.STOP && stopFor(new First(failure, index))) {
                    cancelUnderWay();
                }
            }
            return Turn.again();
        }

        /** A failure of the loop itself is nobody's but its own, and is reported there; a cancel that was left to it is nothing to tell of. */
        private @Nullable Object end(@Nullable Object result) {
            operation = null;
            oneLess();
            return result instanceof Failure failure && failure.exception() instanceof CancelledException
                    ? null
                    : result;
        }
    }
}
