// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Threads that add, fire, cancel, chain, fork, pause and label at random, over groups of a few Deferreds. When all have done their parts, what is unfired is fired, and then every
 * callback must have run once, by itself, in the order in which its thread had added it, and must have seen what the one before it wrote; the right one of those who fired must have
 * won, and the others have been told; and every waiter must have got its result.
 *
 * <p>A million rounds: {@code ./test ThreadStressTest -- -Dstress.rounds=1000000 -Dsurefire.timeout=7200}. The seed is printed; {@code -Dstress.seed=...} runs the same
 * scripts again, and with {@code -Dstress.round=...} the script of one round as many times as there are rounds.
 */
@ExtendWith(QuietFailures.class)
@Tag("long")
class ThreadStressTest {
    private static final int THREADS = 3;
    private static final long SEED = Long.getLong("stress.seed", new SplittableRandom().nextLong());
    private static final long ROUNDS = Long.getLong("stress.rounds", 40_000);
    private static final Long ONE_ROUND = Long.getLong("stress.round");

    @Test
    void nothingIsLostDoubledReorderedOrSeenHalfDone() throws Exception {
        System.out.println("stress.seed " + SEED + ", " + ROUNDS + " rounds");
        long start = System.nanoTime();
        try (StressCrew crew = new StressCrew(THREADS)) {
            crew.run(0, ROUNDS, number -> new Mixed(SEED, ONE_ROUND == null ? number : ONE_ROUND));
        } catch (AssertionError e) {
            throw new AssertionError("with -Dstress.seed=" + SEED + ", " + e.getMessage(), e);
        }
        System.out.println(ROUNDS + " rounds in " + (System.nanoTime() - start) / 1_000_000 + " ms");
    }

    /** What one thread does at one point. */
    @FunctionalInterface
    private interface Op {
        void run();
    }

    private static final class Mixed extends StressCrew.Round {
        /** Numbers of adders: the threads, the checker, and the callbacks of a node themselves. */
        private static final int CHECKER = THREADS;

        private static final int INSIDE = THREADS + 1;

        private final Random random;
        private final List<Node> nodes = new ArrayList<>();
        private final List<Node> forks = new ArrayList<>();
        private final List<List<Op>> scripts = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();

        Mixed(long seed, long number) {
            random = new Random(seed + number * 0x9E3779B97F4A7C15L);
            int size = 1 + random.nextInt(4);
            for (int i = 0; i < size; i++) {
                nodes.add(new Node(i));
            }
            for (int t = 0; t < THREADS; t++) {
                scripts.add(script(t));
            }
        }

        @Override
        void part(int thread) {
            for (Op op : scripts.get(thread)) {
                op.run();
            }
        }

        private List<Op> script(int thread) {
            List<Op> ops = new ArrayList<>();
            List<Op> unpauses = new ArrayList<>();
            text.append("\n  thread ").append(thread).append(":");
            for (int n = 1 + random.nextInt(5); n > 0; n--) {
                Node node = nodes.get(random.nextInt(nodes.size()));
                ops.add(op(thread, node, unpauses));
                if (random.nextInt(3) == 0) {
                    int spins = random.nextInt(60);
                    ops.add(() -> spin(spins));
                }
            }
            ops.addAll(unpauses);
            return ops;
        }

        private Op op(int thread, Node node, List<Op> unpauses) {
            Node later = node.id + 1 < nodes.size()
                    ? nodes.get(node.id + 1 + random.nextInt(nodes.size() - node.id - 1))
                    : null;
            int dice = random.nextInt(100);
            if (dice < 15 && later != null) {
                later.waiters++;
                node.chains++;
                text.append(" chain ").append(node.id).append("->").append(later.id);
                return () -> node.add(thread, later);
            }
            if (dice < 20 && later != null) {
                later.forwardsTo++;
                node.forwardsFrom++;
                text.append(" forward ").append(node.id).append("->").append(later.id);
                return () -> node.d.chainDeferred(later.d).called();
            }
            if (dice < 25) {
                Node fork = new Node(node);
                text.append(" fork ").append(node.id);
                boolean cancel = random.nextBoolean();
                fork.mayBeCancelled = cancel;
                return () -> {
                    fork.d = node.d.fork();
                    fork.add(thread, null);
                    if (cancel) {
                        fork.d.cancel();
                    }
                };
            }
            if (dice < 37) {
                node.mayBeCancelled = true;
                text.append(" cancel ").append(node.id);
                return node.d::cancel;
            }
            if (dice < 50) {
                Object token = token(node, " fire ");
                return () -> node.fire(thread, token);
            }
            if (dice < 56) {
                Failure failure = new Failure(new IllegalArgumentException(token(node, " fail ")));
                return () -> node.fire(thread, failure);
            }
            if (dice < 66) {
                text.append(" pause ").append(node.id);
                Op unpause = node.d::unpause;
                if (random.nextBoolean()) {
                    unpauses.add(unpause);
                    return node.d::pause;
                }
                int spins = random.nextInt(40);
                return () -> {
                    node.d.pause();
                    spin(spins);
                    node.d.unpause();
                };
            }
            if (dice < 70) {
                text.append(" name ").append(node.id);
                return () -> node.d.named("n" + node.id).called();
            }
            if (dice < 75) {
                text.append(" nest ").append(node.id);
                return () -> node.addOneThatAdds(thread);
            }
            text.append(" add ").append(node.id);
            return () -> node.add(thread, null);
        }

        private String token(Node node, String what) {
            text.append(what).append(node.id);
            return what + node.id + "#" + text.length();
        }

        // ---- in the end

        @Override
        void check() {
            try {
                markReachableByCancels();
                for (int i = nodes.size() - 1; i >= 0; i--) {
                    Node node = nodes.get(i);
                    if (!node.d.called()) {
                        node.fire(CHECKER, "end " + node.id);
                    }
                }
                nodes.forEach(Node::check);
                forks.forEach(Node::check);
                nodes.forEach(Node::checkNoCancelIsLeft);
                forks.forEach(Node::checkNoCancelIsLeft);
            } catch (Throwable t) {
                throw new AssertionError(t.getMessage() + text, t);
            }
        }

        /** A cancel goes to whom the Deferred waits for, or, if it meets a run, to whom the run waits for next: any that may have a waiter. */
        private void markReachableByCancels() {
            boolean any = nodes.stream().anyMatch(node -> node.mayBeCancelled);
            nodes.forEach(node -> node.mayBeCancelled |= any && node.waiters > 0);
        }

        /** A Deferred, with what its callbacks have written in plain fields, and what was done to it. */
        private final class Node {
            final int id;
            final boolean fork;
            final boolean cancellerFires;
            final boolean canceller;
            Deferred<Object> d;

            // plain, written by the callbacks of this Deferred alone
            private boolean busy;
            private int ran;
            private final int[] lastOf = new int[THREADS + 2];
            private final List<Object> inputs = new ArrayList<>(4);
            private final List<Node> returned = new ArrayList<>(4);

            // plain, each place written by one thread
            private final int[] addedBy = new int[THREADS + 2];
            private final int[] firedBy = new int[THREADS + 2];
            private final int[] refusedTo = new int[THREADS + 2];
            private final Object[] fired = new Object[THREADS + 2];

            // from the scripts
            int waiters;
            int chains;
            int forwardsTo;
            int forwardsFrom;
            boolean mayBeCancelled;

            // plain, written by the one who cancels
            private int cancellerRan;

            Node(int id) {
                this.id = id;
                this.fork = false;
                int kind = random.nextInt(8);
                this.canceller = kind == 0 || kind == 1;
                this.cancellerFires = kind == 1;
                text.append(" node ").append(id).append(" kind ").append(kind).append(';');
                if (canceller) {
                    d = new Deferred<>(this::cancelled);
                } else if (kind == 2) {
                    Object token = token(this, " made with ");
                    d = Deferred.succeed(token);
                    firedBy[CHECKER]++;
                    fired[CHECKER] = token;
                } else {
                    d = new Deferred<>();
                }
                if (kind >= 6) {
                    add(CHECKER, null);
                }
                if (kind == 7) {
                    add(CHECKER, null);
                    d.named("seven").called();
                }
            }

            /** A fork of that node. */
            Node(Node forked) {
                this.id = -1 - forked.id;
                this.fork = true;
                this.canceller = false;
                this.cancellerFires = false;
                forks.add(this);
            }

            private void cancelled(Deferred<Object> self) {
                cancellerRan++;
                if (cancellerFires) {
                    fire(INSIDE, "canceller of " + id);
                }
            }

            void fire(int by, Object result) {
                try {
                    if (result instanceof Failure failure) {
                        d.errback(failure);
                    } else {
                        d.callback(result);
                    }
                    firedBy[by]++;
                    fired[by] = result;
                } catch (AlreadyCalledException e) {
                    refusedTo[by]++;
                }
            }

            /** Adds a callback for both sides, which keeps the result, or returns another's Deferred. */
            void add(int by, Node other) {
                int number = ++addedBy[by];
                Callback<Object, Object> callback = input -> {
                    enter(by, number, input, other);
                    busy = false;
                    return other == null ? input : other.d;
                };
                d.addCallbacks(callback, callback).called();
            }

            void addOneThatAdds(int by) {
                int number = ++addedBy[by];
                Callback<Object, Object> callback = input -> {
                    enter(by, number, input, null);
                    add(INSIDE, null);
                    add(INSIDE, null);
                    busy = false;
                    return input;
                };
                d.addCallbacks(callback, callback).called();
            }

            private void enter(int by, int number, Object input, Node other) {
                if (busy) {
                    problem("two callbacks of node " + id + " ran at once" + text);
                }
                busy = true;
                ran++;
                if (lastOf[by] != number - 1) {
                    problem("callback " + number + " that " + by + " added to node " + id + " ran after its number "
                            + lastOf[by] + text);
                }
                lastOf[by] = number;
                inputs.add(input);
                returned.add(other);
                spin(ran % 3 * 10);
            }

            // ---- in the end

            private void check() {
                expect(d.called(), "has fired");
                expect(d.waitingFor().isEmpty(), "waits for nobody");
                expect(!d.paused(), "is not paused");
                expect(d.runner() == null, "nobody runs it");
                expect(d.outcome().isPresent(), "has an outcome");
                expect(ran == sum(addedBy), "has run " + sum(addedBy) + " callbacks, not " + ran);
                checkWhoWon();
                checkInputs();
            }

            private void checkWhoWon() {
                expect(
                        cancellerRan <= (mayBeCancelled && canceller ? 1 : 0),
                        "canceller ran " + cancellerRan + " times");
                int won = sum(firedBy);
                expect(won <= 1, won + " of those who fired it were told that they did");
                if (fork || forwardsTo > 0) {
                    return;
                }
                if (!mayBeCancelled) {
                    expect(won == 1, "nobody fired it, " + sum(refusedTo) + " were refused");
                }
                Object initial = initial();
                if (initial == null) {
                    return; // it is not known any more
                }
                boolean byCancel = isFailure(initial, CancelledException.class);
                expect(!byCancel || mayBeCancelled, "was fired with CancelledException");
                if (!byCancel) {
                    expect(won == 1, "fired with " + initial + ", by nobody");
                    expect(initial == winner(), "fired with " + initial + ", not with " + winner());
                } else if (canceller) {
                    expect(won == 0, "one of those who fired it was not refused after the canceller");
                } else {
                    expect(won == Math.min(1, won + sum(refusedTo)), "no late result was taken after the cancel");
                }
            }

            /** What it was fired with, as far as that can be known. */
            private Object initial() {
                if (waiters > 0 || forwardsFrom > 0) {
                    return null;
                }
                return inputs.isEmpty() ? slot() : inputs.get(0);
            }

            private Object winner() {
                for (int i = 0; i < fired.length; i++) {
                    if (firedBy[i] > 0) {
                        return fired[i];
                    }
                }
                return null;
            }

            /**
             * Callbacks that keep the result hand on the very same, and after a waiter has taken it, null. What a callback returned has given is the next one's input.
             */
            private void checkInputs() {
                if (forwardsFrom > 0 || (chains > 0 && waiters > 0)) {
                    return;
                }
                List<Object> all = new ArrayList<>(inputs);
                all.add(slot());
                boolean taken = false;
                for (int i = 1; i < all.size(); i++) {
                    Object before = all.get(i - 1);
                    Object input = all.get(i);
                    if (returned.get(i - 1) != null) {
                        expect(returned.get(i - 1).mayHaveGiven(input), "got " + input + " from a node in " + all);
                    } else if (waiters > 0 && before != null && input == null) {
                        expect(!taken, "was taken from twice: " + all);
                        taken = true;
                    } else {
                        expect(input == before, "callbacks saw " + all);
                    }
                }
            }

            private boolean mayHaveGiven(Object result) {
                if (chains > 0 || forwardsFrom > 0 || forwardsTo > 0) {
                    return true;
                }
                return result == winner()
                        || (waiters > 1 && (result == null || isFailure(result, IllegalStateException.class)))
                        || (mayBeCancelled && isFailure(result, CancelledException.class));
            }

            private Object slot() {
                return Masked.unmask(Adapters.slot(d.outcome().orElseThrow()));
            }

            /** A cancel that met a run which has ended must not hit what comes later. */
            private void checkNoCancelIsLeft() {
                Deferred<Object> later = new Deferred<>();
                d.addCallbacks(ignored -> later, ignored -> later).called();
                expect(!later.called(), "a cancel was left over");
                later.callback(null);
                expect(d.outcome().isPresent(), "has an outcome again");
            }

            private void expect(boolean condition, String what) {
                if (!condition) {
                    throw new AssertionError("node " + id + " " + d + ": " + what);
                }
            }
        }

        private static boolean isFailure(Object slot, Class<? extends Throwable> type) {
            return slot instanceof Failure failure && type.isInstance(failure.exception());
        }

        private static int sum(int[] numbers) {
            int sum = 0;
            for (int number : numbers) {
                sum += number;
            }
            return sum;
        }
    }
}
