// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import io.deferred.ProgramOp.Act;
import io.deferred.ProgramOp.Sides;
import io.deferred.ProgramOp.What;
import io.deferred.RandomProgram.Kind;
import io.deferred.RandomProgram.Made;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Makes a {@link RandomProgram} from a seed, always the same. A callback returns only a Deferred with a smaller number, so that none waits for itself; one program in eight is without that rule, as far as the
 * library must find the circle.
 */
final class ProgramGenerator {
    private static final int[] THREADS = {2, 2, 3, 4};
    private static final int MOST_OPS = 5;
    private static final Kind[] KINDS = {
        Kind.PLAIN,
        Kind.PLAIN,
        Kind.PLAIN,
        Kind.PLAIN,
        Kind.WITH_LATE_HANDLER,
        Kind.CANCELLER_DOES_NOTHING,
        Kind.CANCELLER_FIRES,
        Kind.CANCELLER_THROWS,
        Kind.SUCCEEDED,
        Kind.FAILED
    };
    private static final Kind[] RESERVED = {Kind.RESERVED, Kind.RESERVED_WITH_CANCELLER, Kind.RESERVED_BEHIND};
    private static final Act[] ACTS = {
        Act.PASS, Act.PASS, Act.CHANGE, Act.THROW, Act.ADD_MORE, Act.CANCEL, Act.FIRE, Act.PAUSE
    };
    private static final What[] SIMPLE = {
        What.FIRE,
        What.FIRE,
        What.FAIL,
        What.CANCEL,
        What.CANCEL,
        What.PAUSE,
        What.HOLD,
        What.HOLD_TO_THE_END,
        What.NAME
    };
    private static final What[] OF_TWO = {
        What.GATHER, What.GATHER_CONSUMING, What.LIST, What.FIRST, What.JOIN, What.RACE
    };

    private final SplittableRandom random;
    private final List<Made> nodes = new ArrayList<>();
    private final boolean circles;
    private final Set<Integer> notFiredByHand = new HashSet<>();
    private int simple;

    private ProgramGenerator(long seed) {
        random = new SplittableRandom(seed);
        circles = random.nextInt(8) == 0;
    }

    /** The seed of the program with this number in a row that begins with {@code base}, with as many threads as {@link #threads} says for {@code pattern}. */
    static long seed(long base, long number, int pattern) {
        long mixed = new SplittableRandom(base + number).nextLong();
        return (mixed & -THREADS.length) | pattern;
    }

    static int threads(long seed) {
        return THREADS[(int) (seed & (THREADS.length - 1))];
    }

    static RandomProgram program(long seed) {
        return new ProgramGenerator(seed).make(seed);
    }

    private RandomProgram make(long seed) {
        simple = 1 + random.nextInt(4);
        for (int i = 0; i < simple; i++) {
            nodes.add(new Made(pick(KINDS), random.nextInt(5) < 3));
        }
        List<List<ProgramOp>> threads = new ArrayList<>();
        for (int t = 0; t < threads(seed); t++) {
            List<ProgramOp> ops = new ArrayList<>();
            for (int n = 1 + random.nextInt(MOST_OPS); n > 0; n--) {
                addOp(ops);
            }
            if (t > 0 && random.nextInt(25) == 0) {
                ops.add(ProgramOp.of(What.AWAIT, anyNode(), -1, -1));
            }
            threads.add(ops);
        }
        return new RandomProgram(seed, nodes, threads);
    }

    private void addOp(List<ProgramOp> ops) {
        int dice = random.nextInt(100);
        if (dice < 38) {
            What what = pick(SIMPLE);
            int node = what == What.FIRE || what == What.FAIL ? anyToFire() : anyNode();
            ops.add(ProgramOp.of(what, node, -1, -1));
        } else if (dice < 58) {
            Act act = pick(ACTS);
            int target = act == Act.FIRE ? anyToFire() : act == Act.CANCEL ? anyNode() : -1;
            ops.add(ProgramOp.add(anyNode(), pick(Sides.values()), act, target));
        } else if (dice < 72) {
            ops.add(addReturn());
        } else if (dice < 75) {
            ops.add(ProgramOp.of(What.FORWARD, anyNode(), random.nextInt(simple), -1));
        } else if (dice < 82) {
            ops.add(ProgramOp.of(What.TIMEOUT, anyNode(), -1, -1));
            ops.add(random.nextBoolean() ? addReturn() : ProgramOp.of(What.ADVANCE, -1, -1, -1));
        } else if (dice < 84) {
            ops.add(ProgramOp.of(random.nextInt(4) > 0 ? What.ADVANCE : What.REPORT, -1, -1, -1));
        } else if (dice < 86) {
            int source = anyNode();
            ops.add(ProgramOp.of(What.FORK, derived(), source, -1));
        } else if (dice < 89) {
            int first = anyNode();
            int second = anyNode();
            What what = pick(OF_TWO);
            int whole = derived();
            if (what == What.JOIN) {
                notFiredByHand.add(whole);
            }
            ops.add(ProgramOp.of(what, whole, first, second));
        } else if (dice < 96) {
            addPrimitive(ops);
        } else if (dice < 99) {
            ops.add(ProgramOp.of(What.PUT, -1, -1, -1));
        } else {
            int awaited = anyNode();
            ops.add(ProgramOp.of(What.ASYNC, derived(), awaited, -1));
        }
    }

    private void addPrimitive(List<ProgramOp> ops) {
        switch (random.nextInt(5)) {
            case 0 -> ops.add(ProgramOp.of(What.ACQUIRE_LOCK, derived(), random.nextInt(simple + 1) - 1, -1));
            case 1 -> ops.add(ProgramOp.of(What.ACQUIRE_TOKEN, derived(), random.nextInt(simple + 1) - 1, -1));
            case 2 -> ops.add(runWithReserved(What.RUN_LOCKED));
            case 3 -> ops.add(runWithReserved(What.RUN_WITH_TOKEN));
            default -> ops.add(ProgramOp.of(What.GET, derived(), -1, -1));
        }
    }

    private ProgramOp runWithReserved(What what) {
        int reserved = reserved();
        int waiter = derived();
        notFiredByHand.add(waiter);
        return ProgramOp.of(what, waiter, reserved, -1);
    }

    private ProgramOp addReturn() {
        int waiter = anyNode();
        int returned = -1;
        if (circles && waiter < simple) {
            returned = random.nextInt(simple);
        } else if (waiter > 0 && random.nextInt(3) > 0) {
            returned = random.nextInt(waiter);
        }
        if (returned < 0 || nodes.get(returned).kind().isReserved()) {
            returned = reserved();
        }
        return ProgramOp.add(waiter, random.nextInt(3) == 0 ? pick(Sides.values()) : Sides.BOTH, Act.RETURN, returned);
    }

    private int derived() {
        nodes.add(new Made(Kind.DERIVED, false));
        return nodes.size() - 1;
    }

    private int reserved() {
        nodes.add(new Made(pick(RESERVED), false));
        return nodes.size() - 1;
    }

    /** One that threads may do things to. */
    private int anyNode() {
        int node = random.nextInt(3) > 0 ? random.nextInt(simple) : random.nextInt(nodes.size());
        return nodes.get(node).kind().isReserved() ? random.nextInt(simple) : node;
    }

    /** The same, but none whose first callback is the library's own, and takes what it is given for a lock that is held, or for the values of the members. */
    private int anyToFire() {
        int node = anyNode();
        return notFiredByHand.contains(node) ? random.nextInt(simple) : node;
    }

    private <T> T pick(T[] choices) {
        return choices[random.nextInt(choices.length)];
    }
}
