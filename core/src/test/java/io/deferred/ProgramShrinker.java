// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import io.deferred.RandomProgram.Kind;
import io.deferred.RandomProgram.Made;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a program that breaks a law smaller, as long as it still breaks one. A race is not lost every time, so each candidate is run over and over: several times as often as it took before.
 */
final class ProgramShrinker {
    private static final int PATIENCE = 8;
    private static final long FEWEST_ROUNDS = 500;
    private static final long MOST_ROUNDS = 20_000;
    private static final long MOST_ROUNDS_IN_ALL = 400_000;
    private static final long COST_OF_STUCK = MOST_ROUNDS_IN_ALL / 4;

    private final ProgramCrews crews;
    private RandomProgram smallest;
    private String problem;
    private long patience = MOST_ROUNDS;
    private long spent;

    /**
     * One that begins with this program.
     *
     * @param problem what was wrong with it
     */
    ProgramShrinker(ProgramCrews crews, RandomProgram program, String problem) {
        this.crews = crews;
        this.smallest = program;
        this.problem = problem;
    }

    /** Whether it could be made to fail again; only then it is made smaller. */
    boolean shrink() throws Exception {
        if (!fails(smallest)) {
            return false;
        }
        boolean progress = true;
        while (progress) {
            progress = takeFirstThatFails(candidates());
        }
        return true;
    }

    private boolean takeFirstThatFails(List<RandomProgram> candidates) throws Exception {
        for (RandomProgram candidate : candidates) {
            if (spent >= MOST_ROUNDS_IN_ALL) {
                return false;
            }
            if (fails(candidate)) {
                smallest = candidate;
                return true;
            }
        }
        return false;
    }

    private boolean fails(RandomProgram candidate) throws Exception {
        try {
            crews.repeat(candidate, patience);
            spent += patience;
            return false;
        } catch (StressCrew.Failed e) {
            long rounds = e.round() + 1;
            spent += e.isStuck() ? COST_OF_STUCK : rounds;
            patience = Math.max(FEWEST_ROUNDS, Math.min(MOST_ROUNDS, rounds * PATIENCE));
            problem = e.getMessage();
            return true;
        }
    }

    /** All that are smaller by one step, the largest steps first. */
    private List<RandomProgram> candidates() {
        List<RandomProgram> candidates = new ArrayList<>();
        for (int t = 0; t < smallest.threads().size(); t++) {
            if (!smallest.threads().get(t).isEmpty()) {
                candidates.add(smallest.withThread(t, List.of()));
            }
        }
        for (int n = 0; n < smallest.nodes().size(); n++) {
            if (smallest.kind(n) != Kind.ABSENT) {
                candidates.add(smallest.without(n));
            }
        }
        for (int t = 0; t < smallest.threads().size(); t++) {
            List<ProgramOp> ops = smallest.threads().get(t);
            for (int i = 0; i < ops.size(); i++) {
                List<ProgramOp> fewer = new ArrayList<>(ops);
                fewer.remove(i);
                candidates.add(smallest.withThread(t, fewer));
            }
        }
        for (int n = 0; n < smallest.nodes().size(); n++) {
            Made made = smallest.nodes().get(n);
            if (made.watched()) {
                candidates.add(smallest.withNode(n, new Made(made.kind(), false)));
            }
            if (made.kind().isSimple() && !made.kind().isReserved() && made.kind() != Kind.PLAIN) {
                candidates.add(smallest.withNode(n, new Made(Kind.PLAIN, made.watched())));
            }
        }
        return candidates;
    }

    RandomProgram smallest() {
        return smallest;
    }

    /** What was wrong with the smallest one. */
    String problem() {
        return problem;
    }
}
