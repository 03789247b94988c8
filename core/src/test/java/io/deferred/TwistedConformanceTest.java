// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/**
 * Replays what Twisted did. {@code -Dtwisted.vectors=DIR} replays every {@code *.jsonl} and {@code *.jsonl.gz} file of another folder instead; the format is
 * described in FORMAT.md beside the vectors.
 */
class TwistedConformanceTest {
    private static final int SHOWN = 10;

    /** A defect of Twisted, recorded for information. */
    private static final String DEFECT = "quirk";

    /** Where this library leaves Twisted on purpose; docs/twisted.md has the reasons, and each has a test of its own. */
    private static final Set<String> DEVIATIONS =
            Set.of("self-return", "cycle", "shared-wait", "self-pause", "stranded", "canceller-raises", "coop-many");

    /** The programs leave failures behind on purpose. */
    @RegisterExtension
    final Reports reports = new Reports();

    @BeforeEach
    void runBodiesInStep() {
        BodyWatch.Installed.watch = new RecordedInline.InStep();
    }

    @AfterEach
    void letBodiesRunByThemselves() {
        BodyWatch.Installed.watch = null;
    }

    @Test
    void behavesAsTwistedDid() throws Exception {
        replayAll();
    }

    /** Whoever keeps a story goes other ways through the state machine, and must come to the same end. */
    @Test
    @Tag("long")
    void behavesAsTwistedDidWhileItIsDebugged() throws Exception {
        Debugging.full();
        try {
            replayAll();
        } finally {
            Debugging.off();
        }
    }

    private static void replayAll() throws Exception {
        int passed = 0;
        List<String> failures = new ArrayList<>();
        Map<String, Integer> skipped = new TreeMap<>();
        for (RecordedProgram program : RecordedProgram.readAll(folder())) {
            Optional<String> reason = reasonToSkip(program);
            if (reason.isPresent()) {
                skipped.merge(reason.get(), 1, Integer::sum);
                continue;
            }
            Replay replay = replay(program);
            if (replay.difference().isEmpty()) {
                passed++;
            } else if (replay.stoppedByCancel()) {
                skipped.merge("shape: cancel of the Deferred of start or coiterate", 1, Integer::sum);
            } else if (replay.handedOverWithin()) {
                skipped.merge("shape: a release while handing over", 1, Integer::sum);
            } else if (replay.tookTwice()) {
                skipped.merge("shape: a result taken twice", 1, Integer::sum);
            } else {
                failures.add(replay.difference());
            }
        }
        failures.stream().limit(SHOWN).forEach(System.out::println);
        skipped.forEach((reason, count) -> System.out.println("skipped, " + reason + ": " + count));
        int left = skipped.values().stream().mapToInt(Integer::intValue).sum();
        System.out.println(passed + " passed, " + failures.size() + " failed, " + left + " skipped");
        assertThat(passed).as("programs that were replayed").isPositive();
        assertThat(failures)
                .as("programs that ran otherwise than on Twisted (the first " + SHOWN + " are printed)")
                .isEmpty();
    }

    private static Path folder() throws URISyntaxException {
        String other = System.getProperty("twisted.vectors");
        if (other != null && !other.isEmpty()) {
            return Path.of(other);
        }
        URL own = TwistedConformanceTest.class.getResource("/twisted-vectors");
        assertThat(own).as("the vectors among the test resources").isNotNull();
        return Path.of(own.toURI());
    }

    private static Optional<String> reasonToSkip(RecordedProgram program) {
        if (program.category().equals(DEFECT)) {
            return Optional.of("category " + program.category());
        }
        if (DEVIATIONS.contains(program.category())) {
            return Optional.of("category " + program.category());
        }
        for (String tag : program.tags()) {
            if (DEVIATIONS.contains(tag)) {
                return Optional.of("tag " + tag);
            }
        }
        if (program.ops().valueStream().anyMatch(TwistedConformanceTest::advancesByLessThanANanosecond)) {
            return Optional.of("shape: an advance of less than a nanosecond");
        }
        return hasEmptyInput(program) ? Optional.of("shape: an empty input list") : Optional.empty();
    }

    /** To make up for what floating point had lost before: times are exact here. */
    private static boolean advancesByLessThanANanosecond(JsonNode op) {
        return op.get(0).asString().equals("advance")
                && op.get(1).asDouble() > 0
                && op.get(1).asDouble() < 1e-9;
    }

    private static boolean hasEmptyInput(RecordedProgram program) {
        if (hasEmptyInput(program.ops())) {
            return true;
        }
        for (JsonNode fn : program.fns()) {
            if (fn.has("acts") && hasEmptyInput(fn.get("acts"))) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasEmptyInput(JsonNode ops) {
        for (JsonNode op : ops) {
            String name = op.get(0).asString();
            boolean firesOnOne =
                    name.equals("race") || (name.equals("list") && op.get(3).asBoolean());
            if (firesOnOne && op.get(2).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /**
     * One program, replayed.
     *
     * @param difference the program, and both traces side by side; empty if they are the same
     * @param tookTwice whether one Deferred was returned from callbacks more than once. The tag shared-wait marks only those programs in which both wait at the same
     *     time; where the second comes when the first has its result, this is the only sign
     * @param handedOverWithin whether a lock, semaphore or queue was released, or filled, while it was handing over
     * @param stoppedByCancel whether the Deferred of a LoopingCall's start, or of coiterate, was cancelled
     */
    private record Replay(String difference, boolean tookTwice, boolean handedOverWithin, boolean stoppedByCancel) {}

    private static Replay replay(RecordedProgram program) {
        List<List<String>> got = new ArrayList<>();
        RecordedRun run = new RecordedRun(program.fns());
        List<String> end;
        try {
            for (JsonNode op : program.ops()) {
                got.add(run.step(op));
            }
            end = run.end();
        } catch (Throwable t) {
            end = List.of("the replay broke: " + t);
        }
        boolean same = got.equals(program.trace()) && end.equals(program.end());
        return new Replay(
                same ? "" : SideBySide.of(program, got, end),
                run.returnedOneTwice(),
                run.handedOverWithin(),
                run.stoppedByCancel());
    }
}
