// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Constant stack for what is a million deep, on threads with 256 KiB, compiled, and one of each kind interpreted; and constant memory for endless loops, in 32 MB. The programs
 * are in {@link DeepPrograms}; each JVM runs all of its programs, and the tests look at what it has printed.
 */
@Tag("long")
class StackAndMemoryTest {
    private enum Jvm {
        COMPILED("deep", "-Xmx2g"),
        /** One of each kind; {@link InterpretedStackTest} has them all. */
        INTERPRETED("kinds", "-Xmx2g -Xint"),
        SMALL("loops", "-Xmx32m -XX:+UseSerialGC");

        private final String programs;
        private final String options;

        Jvm(String programs, String options) {
            this.programs = programs;
            this.options = options;
        }
    }

    private static final Map<Jvm, DeepJvm> JVMS = new EnumMap<>(Jvm.class);

    @BeforeAll
    static void startAll() throws IOException {
        for (Jvm jvm : Jvm.values()) {
            JVMS.put(jvm, new DeepJvm(jvm.programs, jvm.options));
        }
    }

    @AfterAll
    static void endAll() {
        JVMS.values().forEach(DeepJvm::end);
    }

    private static void assertRan(Jvm jvm, String program) throws InterruptedException {
        assertThat(JVMS.get(jvm).outcomes()).as("all that the JVM has printed").containsKey(program);
        assertThat(JVMS.get(jvm).outcomes().get(program)).matches("ok \\d+ ms");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "INTERPRETED"})
    void towerFiredFromTheOutermost(Jvm jvm) throws Exception {
        assertRan(jvm, "towerFiredFromTheOutermost");
    }

    @ParameterizedTest
    @EnumSource(names = "COMPILED")
    void towerFiredFromTheInnermost(Jvm jvm) throws Exception {
        assertRan(jvm, "towerFiredFromTheInnermost");
    }

    @ParameterizedTest
    @EnumSource(names = "COMPILED")
    void towerOnAFiredOneFiredFromTheOutermost(Jvm jvm) throws Exception {
        assertRan(jvm, "towerOnAFiredOneFiredFromTheOutermost");
    }

    @ParameterizedTest
    @EnumSource(names = "COMPILED")
    void towerOnAFiredOneFiredFromTheInnermost(Jvm jvm) throws Exception {
        assertRan(jvm, "towerOnAFiredOneFiredFromTheInnermost");
    }

    @ParameterizedTest
    @EnumSource(names = "COMPILED")
    void failureDownATowerFiredFromTheOutermost(Jvm jvm) throws Exception {
        assertRan(jvm, "failureDownATowerFiredFromTheOutermost");
    }

    @ParameterizedTest
    @EnumSource(names = "COMPILED")
    void failureDownATowerFiredFromTheInnermost(Jvm jvm) throws Exception {
        assertRan(jvm, "failureDownATowerFiredFromTheInnermost");
    }

    @ParameterizedTest
    @EnumSource(names = "COMPILED")
    void cancelThroughATowerFiredFromTheOutermost(Jvm jvm) throws Exception {
        assertRan(jvm, "cancelThroughATowerFiredFromTheOutermost");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "INTERPRETED"})
    void cancelThroughATowerFiredFromTheInnermost(Jvm jvm) throws Exception {
        assertRan(jvm, "cancelThroughATowerFiredFromTheInnermost");
    }

    @ParameterizedTest
    @EnumSource(names = "COMPILED")
    void cancelFromTheMiddleOfATower(Jvm jvm) throws Exception {
        assertRan(jvm, "cancelFromTheMiddleOfATower");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "INTERPRETED"})
    void chainDeferredFiredAtTheHead(Jvm jvm) throws Exception {
        assertRan(jvm, "chainDeferredFiredAtTheHead");
    }

    @ParameterizedTest
    @EnumSource(names = "COMPILED")
    void chainDeferredFailedAtTheHead(Jvm jvm) throws Exception {
        assertRan(jvm, "chainDeferredFailedAtTheHead");
    }

    @ParameterizedTest
    @EnumSource(names = "COMPILED")
    void chainDeferredOnOneThatHasItsResult(Jvm jvm) throws Exception {
        assertRan(jvm, "chainDeferredOnOneThatHasItsResult");
    }

    @ParameterizedTest
    @EnumSource(names = "COMPILED")
    void pauseInTheMiddleOfATower(Jvm jvm) throws Exception {
        assertRan(jvm, "pauseInTheMiddleOfATower");
    }

    @ParameterizedTest
    @EnumSource(names = "COMPILED")
    void towerFiredFromTheOutermostWithCallbacksOnEach(Jvm jvm) throws Exception {
        assertRan(jvm, "towerFiredFromTheOutermostWithCallbacksOnEach");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "INTERPRETED"})
    void towerFiredFromTheInnermostWithCallbacksOnEach(Jvm jvm) throws Exception {
        assertRan(jvm, "towerFiredFromTheInnermostWithCallbacksOnEach");
    }

    @ParameterizedTest
    @EnumSource(names = "COMPILED")
    void towerOnAFiredOneFiredFromTheOutermostWithCallbacksOnEach(Jvm jvm) throws Exception {
        assertRan(jvm, "towerOnAFiredOneFiredFromTheOutermostWithCallbacksOnEach");
    }

    @ParameterizedTest
    @EnumSource(names = "COMPILED")
    void towerOnAFiredOneFiredFromTheInnermostWithCallbacksOnEach(Jvm jvm) throws Exception {
        assertRan(jvm, "towerOnAFiredOneFiredFromTheInnermostWithCallbacksOnEach");
    }

    @ParameterizedTest
    @EnumSource(names = "COMPILED")
    void failureDownATowerFiredFromTheOutermostWithCallbacksOnEach(Jvm jvm) throws Exception {
        assertRan(jvm, "failureDownATowerFiredFromTheOutermostWithCallbacksOnEach");
    }

    @ParameterizedTest
    @EnumSource(names = "COMPILED")
    void failureDownATowerFiredFromTheInnermostWithCallbacksOnEach(Jvm jvm) throws Exception {
        assertRan(jvm, "failureDownATowerFiredFromTheInnermostWithCallbacksOnEach");
    }

    @ParameterizedTest
    @EnumSource(names = "COMPILED")
    void cancelThroughATowerFiredFromTheOutermostWithCallbacksOnEach(Jvm jvm) throws Exception {
        assertRan(jvm, "cancelThroughATowerFiredFromTheOutermostWithCallbacksOnEach");
    }

    @ParameterizedTest
    @EnumSource(names = "COMPILED")
    void cancelThroughATowerFiredFromTheInnermostWithCallbacksOnEach(Jvm jvm) throws Exception {
        assertRan(jvm, "cancelThroughATowerFiredFromTheInnermostWithCallbacksOnEach");
    }

    @ParameterizedTest
    @EnumSource(names = "COMPILED")
    void cancelFromTheMiddleOfATowerWithCallbacksOnEach(Jvm jvm) throws Exception {
        assertRan(jvm, "cancelFromTheMiddleOfATowerWithCallbacksOnEach");
    }

    @ParameterizedTest
    @EnumSource(names = "COMPILED")
    void chainDeferredFiredAtTheHeadWithCallbacksOnEach(Jvm jvm) throws Exception {
        assertRan(jvm, "chainDeferredFiredAtTheHeadWithCallbacksOnEach");
    }

    @ParameterizedTest
    @EnumSource(names = "COMPILED")
    void chainDeferredFailedAtTheHeadWithCallbacksOnEach(Jvm jvm) throws Exception {
        assertRan(jvm, "chainDeferredFailedAtTheHeadWithCallbacksOnEach");
    }

    @ParameterizedTest
    @EnumSource(names = "COMPILED")
    void chainDeferredOnOneThatHasItsResultWithCallbacksOnEach(Jvm jvm) throws Exception {
        assertRan(jvm, "chainDeferredOnOneThatHasItsResultWithCallbacksOnEach");
    }

    @ParameterizedTest
    @EnumSource(names = "COMPILED")
    void pauseInTheMiddleOfATowerWithCallbacksOnEach(Jvm jvm) throws Exception {
        assertRan(jvm, "pauseInTheMiddleOfATowerWithCallbacksOnEach");
    }

    @ParameterizedTest
    @EnumSource(names = "COMPILED")
    void callbacksThatReturnFiredOnes(Jvm jvm) throws Exception {
        assertRan(jvm, "callbacksThatReturnFiredOnes");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "INTERPRETED"})
    void callbacksThatReturnPendingOnes(Jvm jvm) throws Exception {
        assertRan(jvm, "callbacksThatReturnPendingOnes");
    }

    @ParameterizedTest
    @EnumSource(names = "COMPILED")
    void callbacksThatReturnPendingOnesWhileOthersAreAdded(Jvm jvm) throws Exception {
        assertRan(jvm, "callbacksThatReturnPendingOnesWhileOthersAreAdded");
    }

    @ParameterizedTest
    @EnumSource(names = "COMPILED")
    void errbacksThatReturnPendingOnes(Jvm jvm) throws Exception {
        assertRan(jvm, "errbacksThatReturnPendingOnes");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "INTERPRETED"})
    void callbacksThatEachAddTheNext(Jvm jvm) throws Exception {
        assertRan(jvm, "callbacksThatEachAddTheNext");
    }

    @ParameterizedTest
    @EnumSource(names = "COMPILED")
    void oneCallbackThatAddsAMillion(Jvm jvm) throws Exception {
        assertRan(jvm, "oneCallbackThatAddsAMillion");
    }

    @ParameterizedTest
    @EnumSource(names = "COMPILED")
    void forksOfForks(Jvm jvm) throws Exception {
        assertRan(jvm, "forksOfForks");
    }

    @ParameterizedTest
    @EnumSource(names = "COMPILED")
    void forksOfOne(Jvm jvm) throws Exception {
        assertRan(jvm, "forksOfOne");
    }

    @ParameterizedTest
    @EnumSource(names = "COMPILED")
    void callbacksThatEachPause(Jvm jvm) throws Exception {
        assertRan(jvm, "callbacksThatEachPause");
    }

    @ParameterizedTest
    @EnumSource(names = "COMPILED")
    void callbacksAddedWhilePaused(Jvm jvm) throws Exception {
        assertRan(jvm, "callbacksAddedWhilePaused");
    }

    @ParameterizedTest
    @EnumSource(names = "COMPILED")
    void towerPausedThroughoutAndUnpausedFromTheInnermost(Jvm jvm) throws Exception {
        assertRan(jvm, "towerPausedThroughoutAndUnpausedFromTheInnermost");
    }

    @ParameterizedTest
    @EnumSource(names = "COMPILED")
    void towerPausedThroughoutAndUnpausedFromTheOutermost(Jvm jvm) throws Exception {
        assertRan(jvm, "towerPausedThroughoutAndUnpausedFromTheOutermost");
    }

    @ParameterizedTest
    @EnumSource(names = "COMPILED")
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

    @ParameterizedTest
    @EnumSource(names = {"COMPILED", "INTERPRETED"})
    void lockHandedToAMillionThatReleaseAtOnce(Jvm jvm) throws Exception {
        assertRan(jvm, "lockHandedToAMillionThatReleaseAtOnce");
    }

    @ParameterizedTest
    @EnumSource(names = "COMPILED")
    void semaphoreRunByAMillion(Jvm jvm) throws Exception {
        assertRan(jvm, "semaphoreRunByAMillion");
    }

    @ParameterizedTest
    @EnumSource(names = "COMPILED")
    void queueFilledByEachWhoGets(Jvm jvm) throws Exception {
        assertRan(jvm, "queueFilledByEachWhoGets");
    }

    @ParameterizedTest
    @EnumSource(names = "COMPILED")
    void eventThatAMillionWaitFor(Jvm jvm) throws Exception {
        assertRan(jvm, "eventThatAMillionWaitFor");
    }

    @ParameterizedTest
    @EnumSource(names = "COMPILED")
    void loopOfFiredTurnsOnASmallStack(Jvm jvm) throws Exception {
        assertRan(jvm, "loopOfFiredTurnsOnASmallStack");
    }

    @Test
    void loopOfTenMillionFiredTurns() throws Exception {
        assertRan(Jvm.SMALL, "loopOfTenMillionFiredTurns");
    }

    @Test
    void loopOfTenMillionPendingTurns() throws Exception {
        assertRan(Jvm.SMALL, "loopOfTenMillionPendingTurns");
    }
}
