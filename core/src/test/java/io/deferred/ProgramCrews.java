// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongFunction;

/** The threads that run random programs: a crew for each number of threads, kept from one program to the next. */
final class ProgramCrews implements AutoCloseable {
    private final Map<Integer, StressCrew> crews = new HashMap<>();
    private final ProgramReports reports = new ProgramReports();

    ProgramCrews() {
        UnhandledFailures.setHandler(reports);
        UnhandledFailures.setGracePeriod(Duration.ofHours(1), new VirtualClock()); // nobody else reports meanwhile
    }

    /**
     * Runs programs that all have as many threads.
     *
     * @throws StressCrew.Failed for the first that breaks a law, with its number
     */
    void run(int threads, long first, long count, LongFunction<RandomProgram> programs) throws Exception {
        StressCrew crew = crews.computeIfAbsent(threads, StressCrew::new);
        try {
            crew.run(first, count, number -> {
                reports.clear();
                RandomProgram program = programs.apply(number);
                return new ProgramRun(program, new ProgramFacts(program), reports, number);
            });
        } catch (StressCrew.Failed e) {
            crews.remove(threads); // it may be stuck
            crew.close();
            throw e;
        }
    }

    /** Runs one program over and over, until it breaks a law. */
    void repeat(RandomProgram program, long rounds) throws Exception {
        run(program.threads().size(), 0, rounds, number -> program);
    }

    @Override
    public void close() {
        crews.values().forEach(StressCrew::close);
        UnhandledFailures.reportNow();
        UnhandledFailures.resetHandler();
        UnhandledFailures.resetGracePeriod();
    }
}
