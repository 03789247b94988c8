// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.ArrayList;
import java.util.List;

/**
 * A program over a few Deferreds, as plain data: what each of them is, and what each thread does.
 *
 * @param seed what it was made from
 * @param nodes what the Deferred with this number is
 * @param threads what the thread with this number does
 */
record RandomProgram(long seed, List<Made> nodes, List<List<ProgramOp>> threads) {
    /** What a Deferred is when the threads begin. */
    enum Kind {
        PLAIN,
        WITH_LATE_HANDLER,
        CANCELLER_DOES_NOTHING,
        CANCELLER_FIRES,
        CANCELLER_THROWS,
        SUCCEEDED,
        FAILED,
        /** Returned by one callback, cancelled on the way through that, and else fired in the end. */
        RESERVED,
        RESERVED_WITH_CANCELLER,
        /** The same, but it has fired, and waits for the one that is reserved. */
        RESERVED_BEHIND,
        /** Made by one of the threads. */
        DERIVED,
        /** Not there. */
        ABSENT;

        boolean isReserved() {
            return this == RESERVED || this == RESERVED_WITH_CANCELLER || this == RESERVED_BEHIND;
        }

        boolean hasCanceller() {
            return this == CANCELLER_DOES_NOTHING
                    || this == CANCELLER_FIRES
                    || this == CANCELLER_THROWS
                    || this == RESERVED_WITH_CANCELLER;
        }

        /** Whether it is there before the threads begin, and fires in one way only: by {@code callback}, {@code errback} or a cancel. */
        boolean isSimple() {
            return this != DERIVED && this != ABSENT && this != RESERVED_BEHIND;
        }
    }

    /**
     * A Deferred.
     *
     * @param watched whether it has a first callback already, which sees what it is fired with
     */
    record Made(Kind kind, boolean watched) {}

    RandomProgram {
        nodes = List.copyOf(nodes);
        threads = threads.stream().map(List::copyOf).toList();
    }

    Kind kind(int node) {
        return nodes.get(node).kind();
    }

    /** What all threads do. */
    List<ProgramOp> ops() {
        List<ProgramOp> all = new ArrayList<>();
        threads.forEach(all::addAll);
        return all;
    }

    RandomProgram withThread(int thread, List<ProgramOp> ops) {
        List<List<ProgramOp>> changed = new ArrayList<>(threads);
        changed.set(thread, ops);
        return new RandomProgram(seed, nodes, changed);
    }

    RandomProgram withNode(int node, Made made) {
        List<Made> changed = new ArrayList<>(nodes);
        changed.set(node, made);
        return new RandomProgram(seed, changed, threads);
    }

    /** Without that Deferred, and all that has to do with it. */
    RandomProgram without(int node) {
        List<List<ProgramOp>> left = threads.stream()
                .map(ops -> ops.stream().filter(op -> !op.mentions(node)).toList())
                .toList();
        return new RandomProgram(seed, nodes, left).withNode(node, new Made(Kind.ABSENT, false));
    }

    /** A line for each Deferred that a thread does not make, and for each thread that does something. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < nodes.size(); i++) {
            if (kind(i) != Kind.DERIVED && kind(i) != Kind.ABSENT) {
                text.append("  Deferred ").append(i).append(": ").append(kind(i));
                text.append(nodes.get(i).watched() ? ", watched\n" : "\n");
            }
        }
        for (int i = 0; i < threads.size(); i++) {
            if (!threads.get(i).isEmpty()) {
                text.append("  thread ").append(i).append(": ");
                text.append(String.join(
                                "; ",
                                threads.get(i).stream().map(ProgramOp::toString).toList()))
                        .append('\n');
            }
        }
        return text.toString();
    }
}
