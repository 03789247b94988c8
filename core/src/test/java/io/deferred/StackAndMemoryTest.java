// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Constant stack for what is a million deep, on threads with 256 KiB, compiled and interpreted; and constant memory for endless loops, in 32 MB. The programs
 * are in {@link DeepPrograms}; each JVM runs all of its programs, and the tests look at what it has printed.
 */
class StackAndMemoryTest {
    private enum Jvm {
        COMPILED("deep", "-Xmx2g"),
        INTERPRETED("deep", "-Xmx2g", "-Xint"),
        SMALL("loops", "-Xmx32m", "-XX:+UseSerialGC");

        final String programs;
        final List<String> options;

        Jvm(String programs, String... options) {
            this.programs = programs;
            this.options = List.of(options);
        }
    }

    private static final Map<Jvm, Child> CHILDREN = new EnumMap<>(Jvm.class);

    /** A JVM at work. */
    private static final class Child {
        private final Process process;
        private final Thread reader;
        private final Map<String, String> outcomes = new ConcurrentHashMap<>();

        Child(Jvm jvm) throws IOException {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(jvm.options);
            command.addAll(List.of("-cp", System.getProperty("java.class.path")));
            command.addAll(List.of(DeepPrograms.class.getName(), jvm.programs));
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
            reader = new Thread(() -> read(jvm), "output of " + jvm);
            reader.setDaemon(true);
            reader.start();
        }

        private void read(Jvm jvm) {
            try (BufferedReader lines = process.inputReader(UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    System.out.println(jvm + " " + line);
                    int blank = line.indexOf(' ');
                    if (blank > 0) {
                        outcomes.put(line.substring(0, blank), line.substring(blank + 1));
                    }
                }
            } catch (IOException e) {
                outcomes.put("output", e.toString());
            }
        }
    }

    @BeforeAll
    static void startAll() throws IOException {
        for (Jvm jvm : Jvm.values()) {
            CHILDREN.put(jvm, new Child(jvm));
        }
    }

    @AfterAll
    static void endAll() {
        CHILDREN.values().forEach(child -> child.process.destroyForcibly());
    }

    private static void assertRan(Jvm jvm, String program) throws InterruptedException {
        Child child = CHILDREN.get(jvm);
        child.reader.join();
        assertThat(child.outcomes).as("all that the JVM has printed").containsKey(program);
        assertThat(child.outcomes.get(program)).matches("ok \\d+ ms");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "INTERPRETED"})
    void towerFiredFromTheOutermost(Jvm jvm) throws Exception {
        assertRan(jvm, "towerFiredFromTheOutermost");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "INTERPRETED"})
    void towerFiredFromTheInnermost(Jvm jvm) throws Exception {
        assertRan(jvm, "towerFiredFromTheInnermost");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "INTERPRETED"})
    void towerOnAFiredOneFiredFromTheOutermost(Jvm jvm) throws Exception {
        assertRan(jvm, "towerOnAFiredOneFiredFromTheOutermost");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "INTERPRETED"})
    void towerOnAFiredOneFiredFromTheInnermost(Jvm jvm) throws Exception {
        assertRan(jvm, "towerOnAFiredOneFiredFromTheInnermost");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "INTERPRETED"})
    void failureDownATowerFiredFromTheOutermost(Jvm jvm) throws Exception {
        assertRan(jvm, "failureDownATowerFiredFromTheOutermost");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "INTERPRETED"})
    void failureDownATowerFiredFromTheInnermost(Jvm jvm) throws Exception {
        assertRan(jvm, "failureDownATowerFiredFromTheInnermost");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "INTERPRETED"})
    void cancelThroughATowerFiredFromTheOutermost(Jvm jvm) throws Exception {
        assertRan(jvm, "cancelThroughATowerFiredFromTheOutermost");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "INTERPRETED"})
    void cancelThroughATowerFiredFromTheInnermost(Jvm jvm) throws Exception {
        assertRan(jvm, "cancelThroughATowerFiredFromTheInnermost");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "INTERPRETED"})
    void cancelFromTheMiddleOfATower(Jvm jvm) throws Exception {
        assertRan(jvm, "cancelFromTheMiddleOfATower");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "INTERPRETED"})
    void chainDeferredFiredAtTheHead(Jvm jvm) throws Exception {
        assertRan(jvm, "chainDeferredFiredAtTheHead");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "INTERPRETED"})
    void chainDeferredFailedAtTheHead(Jvm jvm) throws Exception {
        assertRan(jvm, "chainDeferredFailedAtTheHead");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "INTERPRETED"})
    void chainDeferredOnOneThatHasItsResult(Jvm jvm) throws Exception {
        assertRan(jvm, "chainDeferredOnOneThatHasItsResult");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "INTERPRETED"})
    void pauseInTheMiddleOfATower(Jvm jvm) throws Exception {
        assertRan(jvm, "pauseInTheMiddleOfATower");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "INTERPRETED"})
    void towerFiredFromTheOutermostWithCallbacksOnEach(Jvm jvm) throws Exception {
        assertRan(jvm, "towerFiredFromTheOutermostWithCallbacksOnEach");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "INTERPRETED"})
    void towerFiredFromTheInnermostWithCallbacksOnEach(Jvm jvm) throws Exception {
        assertRan(jvm, "towerFiredFromTheInnermostWithCallbacksOnEach");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "INTERPRETED"})
    void towerOnAFiredOneFiredFromTheOutermostWithCallbacksOnEach(Jvm jvm) throws Exception {
        assertRan(jvm, "towerOnAFiredOneFiredFromTheOutermostWithCallbacksOnEach");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "INTERPRETED"})
    void towerOnAFiredOneFiredFromTheInnermostWithCallbacksOnEach(Jvm jvm) throws Exception {
        assertRan(jvm, "towerOnAFiredOneFiredFromTheInnermostWithCallbacksOnEach");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "INTERPRETED"})
    void failureDownATowerFiredFromTheOutermostWithCallbacksOnEach(Jvm jvm) throws Exception {
        assertRan(jvm, "failureDownATowerFiredFromTheOutermostWithCallbacksOnEach");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "INTERPRETED"})
    void failureDownATowerFiredFromTheInnermostWithCallbacksOnEach(Jvm jvm) throws Exception {
        assertRan(jvm, "failureDownATowerFiredFromTheInnermostWithCallbacksOnEach");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "INTERPRETED"})
    void cancelThroughATowerFiredFromTheOutermostWithCallbacksOnEach(Jvm jvm) throws Exception {
        assertRan(jvm, "cancelThroughATowerFiredFromTheOutermostWithCallbacksOnEach");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "INTERPRETED"})
    void cancelThroughATowerFiredFromTheInnermostWithCallbacksOnEach(Jvm jvm) throws Exception {
        assertRan(jvm, "cancelThroughATowerFiredFromTheInnermostWithCallbacksOnEach");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "INTERPRETED"})
    void cancelFromTheMiddleOfATowerWithCallbacksOnEach(Jvm jvm) throws Exception {
        assertRan(jvm, "cancelFromTheMiddleOfATowerWithCallbacksOnEach");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "INTERPRETED"})
    void chainDeferredFiredAtTheHeadWithCallbacksOnEach(Jvm jvm) throws Exception {
        assertRan(jvm, "chainDeferredFiredAtTheHeadWithCallbacksOnEach");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "INTERPRETED"})
    void chainDeferredFailedAtTheHeadWithCallbacksOnEach(Jvm jvm) throws Exception {
        assertRan(jvm, "chainDeferredFailedAtTheHeadWithCallbacksOnEach");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "INTERPRETED"})
    void chainDeferredOnOneThatHasItsResultWithCallbacksOnEach(Jvm jvm) throws Exception {
        assertRan(jvm, "chainDeferredOnOneThatHasItsResultWithCallbacksOnEach");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "INTERPRETED"})
    void pauseInTheMiddleOfATowerWithCallbacksOnEach(Jvm jvm) throws Exception {
        assertRan(jvm, "pauseInTheMiddleOfATowerWithCallbacksOnEach");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "INTERPRETED"})
    void callbacksThatReturnFiredOnes(Jvm jvm) throws Exception {
        assertRan(jvm, "callbacksThatReturnFiredOnes");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "INTERPRETED"})
    void callbacksThatReturnPendingOnes(Jvm jvm) throws Exception {
        assertRan(jvm, "callbacksThatReturnPendingOnes");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "INTERPRETED"})
    void callbacksThatReturnPendingOnesWhileOthersAreAdded(Jvm jvm) throws Exception {
        assertRan(jvm, "callbacksThatReturnPendingOnesWhileOthersAreAdded");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "INTERPRETED"})
    void errbacksThatReturnPendingOnes(Jvm jvm) throws Exception {
        assertRan(jvm, "errbacksThatReturnPendingOnes");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "INTERPRETED"})
    void callbacksThatEachAddTheNext(Jvm jvm) throws Exception {
        assertRan(jvm, "callbacksThatEachAddTheNext");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "INTERPRETED"})
    void oneCallbackThatAddsAMillion(Jvm jvm) throws Exception {
        assertRan(jvm, "oneCallbackThatAddsAMillion");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "INTERPRETED"})
    void forksOfForks(Jvm jvm) throws Exception {
        assertRan(jvm, "forksOfForks");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "INTERPRETED"})
    void forksOfOne(Jvm jvm) throws Exception {
        assertRan(jvm, "forksOfOne");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "INTERPRETED"})
    void callbacksThatEachPause(Jvm jvm) throws Exception {
        assertRan(jvm, "callbacksThatEachPause");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "INTERPRETED"})
    void callbacksAddedWhilePaused(Jvm jvm) throws Exception {
        assertRan(jvm, "callbacksAddedWhilePaused");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "INTERPRETED"})
    void towerPausedThroughoutAndUnpausedFromTheInnermost(Jvm jvm) throws Exception {
        assertRan(jvm, "towerPausedThroughoutAndUnpausedFromTheInnermost");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "INTERPRETED"})
    void towerPausedThroughoutAndUnpausedFromTheOutermost(Jvm jvm) throws Exception {
        assertRan(jvm, "towerPausedThroughoutAndUnpausedFromTheOutermost");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "INTERPRETED"})
    void circleOfAMillion(Jvm jvm) throws Exception {
        assertRan(jvm, "circleOfAMillion");
    }

    @Test
    void loopInConstantMemory() throws Exception {
        assertRan(Jvm.SMALL, "loopInConstantMemory");
    }

    @Test
    void loopWithLabelledTurns() throws Exception {
        assertRan(Jvm.SMALL, "loopWithLabelledTurns");
    }

    @Test
    void loopOfTurnsWithACanceller() throws Exception {
        assertRan(Jvm.SMALL, "loopOfTurnsWithACanceller");
    }

    @Test
    void loopOfWhichSomebodyHoldsAMiddleTurn() throws Exception {
        assertRan(Jvm.SMALL, "loopOfWhichSomebodyHoldsAMiddleTurn");
    }

    @Test
    void loopWhoseOutermostHasFurtherCallbacks() throws Exception {
        assertRan(Jvm.SMALL, "loopWhoseOutermostHasFurtherCallbacks");
    }

    @Test
    void loopOfErrbacks() throws Exception {
        assertRan(Jvm.SMALL, "loopOfErrbacks");
    }

    @Test
    void loopWhoseTurnsWaitWhenReturned() throws Exception {
        assertRan(Jvm.SMALL, "loopWhoseTurnsWaitWhenReturned");
    }

    @Test
    void loopCalledOffInTheEnd() throws Exception {
        assertRan(Jvm.SMALL, "loopCalledOffInTheEnd");
    }
}
