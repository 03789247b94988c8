// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import io.deferred.RandomProgram.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The laws of cancelling. A cancel that comes when a callback which returns a Deferred has begun, from any thread but its own, must reach that one, whether it meets the run or the waiting. What is reserved for one callback
 * shows that, because nothing but such a cancel fires it before the end.
 */
final class ProgramCancels {
    private final List<ProgramNode> nodes;
    private final ProgramFacts facts;

    // each place written by one thread; a bit for each Deferred
    private final long[] due;
    private final long[] cancelled;

    ProgramCancels(ProgramRun run, List<ProgramNode> nodes, ProgramFacts facts) {
        this.nodes = nodes;
        this.facts = facts;
        this.due = new long[run.numbers()];
        this.cancelled = new long[run.numbers()];
    }

    /**
     * There was a cancel, and it has come back.
     *
     * @param by the thread
     * @param node what was cancelled
     * @param reached the reserved ones that must have been reached by it, if they were not reached before
     */
    void add(int by, int node, long reached) {
        due[by] |= facts.keepsCancels(node) ? 0 : reached;
        cancelled[by] |= 1L << node;
    }

    private static long all(long[] bits) {
        long all = 0;
        for (long some : bits) {
            all |= some;
        }
        return all;
    }

    /** When all threads are done, and nothing has been fired yet that is to be fired in the end. */
    void checkThatTheyArrived() {
        if (facts.hasBodies()) {
            return; // they are about still
        }
        long reached = all(due);
        long hit = all(cancelled);
        for (ProgramNode node : nodes) {
            if ((hit & node.bit()) != 0) {
                reached |= node.returned() & facts.reachedByEveryCancel(node.id());
            }
        }
        for (ProgramNode node : nodes) {
            if (!node.kind().isReserved()) {
                continue;
            }
            boolean isDue = (reached & node.bit()) != 0;
            ProgramRun.expect(!isDue || node.hasEnded(), node, "was never reached by the cancel of the one that waits");
            ProgramRun.expect(
                    !node.hasEnded() || !facts.isOutOfReachOfCancels(node.id()),
                    node,
                    "was cancelled, and nobody had cancelled the one that waits");
        }
    }

    /** When all is over: what those who cancelled and fired were told fits what has happened. */
    void check(ProgramNode node) {
        ProgramTally tally = node.tally();
        ProgramRun.expect(tally.failed() <= 1, node, "was failed by two cancels");
        ProgramRun.expect(tally.cancellerRan() <= 1, node, "ran its canceller for two cancels");
        ProgramRun.expect(tally.accepted() <= 1, node, "took two results");
        ProgramRun.expect(node.cancellerRan() <= 1, node, "ran its canceller twice");
        ProgramRun.expect(
                node.cancellerRan() == 0 || facts.cancels(), node, "ran its canceller, and nobody has cancelled");
        if (!node.kind().isSimple() || facts.isForwardedTo(node.id())) {
            return;
        }
        ProgramRun.expect(
                tally.cancellerRan() <= node.cancellerRan(), node, "told that the canceller ran, which it did not");
        boolean isKnown = facts.changers(node.id()) == 0 || firstIsWatched(node);
        if (isKnown) {
            checkFirst(
                    node,
                    node.ran().isEmpty() ? node.result() : node.ran().get(0).input());
        }
    }

    /** Whether the first callback of the Deferred is one that was there from the beginning. */
    private static boolean firstIsWatched(ProgramNode node) {
        return !node.ran().isEmpty() && node.ran().get(0).by == node.added().size() - 1;
    }

    /** What it was fired with is what it was cancelled with, or what the one gave who was not refused. */
    private void checkFirst(ProgramNode node, @Nullable Object first) {
        ProgramTally tally = node.tally();
        boolean hasCanceller = node.kind().hasCanceller();
        if (first instanceof Failure failure && failure.exception() instanceof CancelledException cancel) {
            ProgramRun.expect(facts.cancels(), node, "was fired as cancelled, and nobody has cancelled");
            int swallowed = hasCanceller ? 0 : Math.min(1, tally.attempts());
            ProgramRun.expect(
                    tally.accepted() == swallowed,
                    node,
                    "took " + tally.accepted() + " late results after its cancel, not " + swallowed);
            if (node.kind() == Kind.WITH_LATE_HANDLER) {
                int values = tally.result() instanceof ProgramValue ? 1 : 0;
                ProgramRun.expect(node.late() == values, node, "lost the value that came late, or gave it twice");
            }
            ProgramError thrown = node.thrownByCanceller();
            ProgramRun.expect(
                    thrown == null || List.of(cancel.getSuppressed()).contains(thrown),
                    node,
                    "lost what its canceller has thrown");
            return;
        }
        ProgramRun.expect(tally.failed() == 0, node, "told that it was failed by a cancel, but got " + first);
        ProgramRun.expect(
                tally.accepted() == 1 && tally.result() == first, node, "was fired with " + first + " by nobody");
    }

    /** A cancel that has met a run which ended must not hit what comes later. */
    void checkThatNoneIsLeft(ProgramNode node) {
        Deferred<Object> deferred = node.deferred();
        if (deferred == null) {
            return;
        }
        Deferred<Object> later = new Deferred<>();
        deferred.addCallbacks(ignored -> later, ignored -> later).called();
        ProgramRun.expect(!later.called(), node, "has kept a cancel for what comes later");
        later.callback(null);
        ProgramRun.expect(deferred.outcome().isPresent(), node, "waits for what has fired");
    }
}
