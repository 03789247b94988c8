// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random programs over a few Deferreds, on two to four threads at once, and what must hold whatever the order: see {@link ProgramLaws}, {@link ProgramCancels}, {@link ProgramReports}, {@link ProgramNode}, {@link
 * ProgramTokens} and {@link ProgramQueue}. One that breaks a law is made smaller, and printed with the command that runs it again.
 *
 * <p>A million: {@code ./test RandomProgramsTest -- -Dprograms.count=1000000 -Dsurefire.timeout=7200}. One of them, many times: {@code ./test RandomProgramsTest -- -Dprograms.seed=N}.
 */
@Tag("long")
class RandomProgramsTest {
    private static final long BASE = Long.getLong("programs.base", new SplittableRandom().nextLong());
    private static final long COUNT = Long.getLong("programs.count", 10_000);
    private static final Long ONE_SEED = Long.getLong("programs.seed");
    private static final long ROUNDS_OF_ONE = Long.getLong("programs.rounds", 200_000);
    private static final int BATCH = 64;
    private static final int[] PATTERNS = {0, 1, 2, 0, 1, 2, 3};

    @Test
    void lawsHoldInEveryOrder() throws Exception {
        runAll(COUNT);
    }

    /** A tenth of them once more: whoever has a story goes other ways through the state machine. */
    @Test
    void lawsHoldWhileItIsDebugged() throws Exception {
        Debugging.full();
        try {
            runAll(COUNT / 10);
        } finally {
            Debugging.off();
        }
    }

    private static void runAll(long count) throws Exception {
        try (ProgramCrews crews = new ProgramCrews()) {
            if (ONE_SEED != null) {
                RandomProgram program = ProgramGenerator.program(ONE_SEED);
                try {
                    crews.repeat(program, ROUNDS_OF_ONE);
                } catch (StressCrew.Failed e) {
                    throw failure(crews, program, e);
                }
                return;
            }
            long start = System.nanoTime();
            for (long first = 0; first < count; first += BATCH) {
                runBatch(crews, first, Math.min(BATCH, count - first));
            }
            System.out.println("random programs: " + count + " in " + (System.nanoTime() - start) / 1_000_000
                    + " ms, -Dprograms.base=" + BASE);
        }
    }

    /** Programs with as many threads come together, so that no thread is idle. */
    private static void runBatch(ProgramCrews crews, long first, long count) throws Exception {
        int pattern = PATTERNS[(int) (first / BATCH % PATTERNS.length)];
        int threads = ProgramGenerator.threads(pattern);
        try {
            crews.run(threads, first, count, number -> program(number, pattern));
        } catch (StressCrew.Failed e) {
            throw failure(crews, program(e.round(), pattern), e);
        }
    }

    private static RandomProgram program(long number, int pattern) {
        return ProgramGenerator.program(ProgramGenerator.seed(BASE, number, pattern));
    }

    private static AssertionError failure(ProgramCrews crews, RandomProgram program, StressCrew.Failed failed)
            throws Exception {
        System.out.println("making smaller what broke a law " + failed.getMessage() + "\n" + program);
        ProgramShrinker shrinker = new ProgramShrinker(crews, program, failed.getMessage());
        String shrunk = shrinker.shrink()
                ? "made smaller, with: " + shrinker.problem() + "\n" + shrinker.smallest()
                : "it did not fail again, so it was not made smaller\n";
        return new AssertionError(
                failed.getMessage() + "\n" + program + shrunk
                        + "to run it again: ./test RandomProgramsTest -- -Dprograms.seed=" + program.seed(),
                failed);
    }
}
