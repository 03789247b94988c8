// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench;

import static io.deferred.bench.Library.ASYNC;
import static io.deferred.bench.Library.COMPLETABLE_FUTURE;
import static io.deferred.bench.Library.DEFERRED;
import static io.deferred.bench.Library.GUAVA;
import static io.deferred.bench.Library.JDEFERRED;
import static io.deferred.bench.Library.KOTLIN;
import static io.deferred.bench.Library.MUTINY;
import static io.deferred.bench.Library.NETTY;
import static io.deferred.bench.Library.REACTOR;
import static io.deferred.bench.Library.RX_JAVA;
import static io.deferred.bench.Library.SCALA;
import static io.deferred.bench.Library.TRANE;
import static io.deferred.bench.Library.VERTX;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.deferred.bench.scenario.CancelChain;
import io.deferred.bench.scenario.Contended;
import io.deferred.bench.scenario.DeepLater;
import io.deferred.bench.scenario.DeepLaterAlone;
import io.deferred.bench.scenario.EnsureFired;
import io.deferred.bench.scenario.EnsurePending;
import io.deferred.bench.scenario.FailFired;
import io.deferred.bench.scenario.FailPending;
import io.deferred.bench.scenario.FailedPromise;
import io.deferred.bench.scenario.FanOut;
import io.deferred.bench.scenario.FiredPromise;
import io.deferred.bench.scenario.FlatMapFired;
import io.deferred.bench.scenario.FlatMapPending;
import io.deferred.bench.scenario.Gather;
import io.deferred.bench.scenario.MapFired;
import io.deferred.bench.scenario.MapPending;
import io.deferred.bench.scenario.NewPromise;
import io.deferred.bench.scenario.PendingTimeouts;
import io.deferred.bench.scenario.PingPong;
import io.deferred.bench.scenario.RecursiveConst;
import io.deferred.bench.scenario.RequestPipeline;
import io.deferred.bench.scenario.SetValue;
import io.deferred.bench.scenario.Timeout;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every scenario with every library, at a size of a hundred. */
class ScenariosTest {
    private static final Map<Class<? extends Scenario>, Set<Library>> TAKING_PART = takingPart();

    private static Map<Class<? extends Scenario>, Set<Library>> takingPart() {
        Map<Class<? extends Scenario>, Set<Library>> part = new HashMap<>();
        part.put(MapPending.class, allBut(NETTY, KOTLIN));
        part.put(MapFired.class, allBut(NETTY, KOTLIN));
        part.put(SetValue.class, allBut());
        part.put(FlatMapPending.class, allBut(NETTY, KOTLIN));
        part.put(FlatMapFired.class, allBut(NETTY, KOTLIN, JDEFERRED));
        part.put(FailPending.class, allBut(NETTY, KOTLIN, JDEFERRED));
        part.put(FailFired.class, EnumSet.of(DEFERRED, COMPLETABLE_FUTURE, TRANE, ASYNC, GUAVA, VERTX, SCALA));
        part.put(Gather.class, EnumSet.of(DEFERRED, COMPLETABLE_FUTURE, TRANE, ASYNC, GUAVA, VERTX, NETTY));
        part.put(DeepLater.class, EnumSet.of(DEFERRED, COMPLETABLE_FUTURE, TRANE, GUAVA, VERTX, SCALA));
        part.put(DeepLaterAlone.class, EnumSet.of(DEFERRED));
        part.put(CancelChain.class, EnumSet.of(DEFERRED, COMPLETABLE_FUTURE, TRANE, GUAVA, NETTY, KOTLIN));
        part.put(Timeout.class, EnumSet.of(DEFERRED, COMPLETABLE_FUTURE, TRANE, GUAVA, VERTX));
        part.put(NewPromise.class, allBut());
        part.put(FiredPromise.class, allBut());
        part.put(FailedPromise.class, allBut(KOTLIN));
        part.put(EnsurePending.class, allBut());
        part.put(EnsureFired.class, allBut(GUAVA, REACTOR, RX_JAVA, KOTLIN, JDEFERRED));
        part.put(RecursiveConst.class, allBut(NETTY, RX_JAVA, KOTLIN, JDEFERRED));
        part.put(Contended.class, allBut(MUTINY, REACTOR, RX_JAVA, KOTLIN, JDEFERRED));
        part.put(PingPong.class, allBut(MUTINY, REACTOR, RX_JAVA, KOTLIN, JDEFERRED));
        part.put(FanOut.class, EnumSet.of(DEFERRED, COMPLETABLE_FUTURE, TRANE, GUAVA, VERTX, MUTINY, REACTOR));
        part.put(RequestPipeline.class, EnumSet.of(DEFERRED, COMPLETABLE_FUTURE, TRANE, GUAVA, VERTX));
        part.put(PendingTimeouts.class, EnumSet.of(DEFERRED, COMPLETABLE_FUTURE, TRANE, GUAVA, VERTX));
        return part;
    }

    private static Set<Library> allBut(Library... out) {
        EnumSet<Library> in = EnumSet.allOf(Library.class);
        Arrays.asList(out).forEach(in::remove);
        return in;
    }

    @TestFactory
    Stream<DynamicTest> givesItsResultEveryTime() {
        return TAKING_PART.keySet().stream()
                .flatMap(scenario -> Contender.of(scenario).stream())
                .map(contender ->
                        dynamicTest(contender.scenario.getClass().getSimpleName() + "." + contender.library, () -> {
                            try {
                                contender.run(3);
                            } finally {
                                contender.scenario.close();
                            }
                        }));
    }

    @TestFactory
    Stream<DynamicTest> hasTheLibrariesThatHaveAnEquivalent() {
        return TAKING_PART.entrySet().stream()
                .map(part -> dynamicTest(part.getKey().getSimpleName(), () -> {
                    List<Contender> contenders = Contender.of(part.getKey());
                    contenders.forEach(c -> c.scenario.close());
                    assertThat(contenders)
                            .extracting(c -> c.library)
                            .containsExactlyInAnyOrderElementsOf(part.getValue());
                }));
    }

    @Test
    void everyScenarioIsInTheCatalogue() {
        assertThat(Catalogue.ALL.stream().map(Case::scenario).collect(toSet())).isEqualTo(TAKING_PART.keySet());
    }

    @Test
    void noTwoCasesHaveTheSameName() {
        assertThat(Catalogue.ALL).extracting(Case::name).doesNotHaveDuplicates();
    }

    /** What makes a case are constants of its JVM, so that it takes one to see them at work. */
    @TestFactory
    Stream<DynamicTest> givesItsResultInAJvmOfItsOwn() {
        ChildJvm jvm = new ChildJvm(Path.of(System.getProperty("java.home")), List.of());
        Fork fork = new Fork(jvm, true, List.of(DEFERRED, COMPLETABLE_FUTURE));
        return Catalogue.ALL.stream()
                .filter(c -> Set.of("flatMapFreshN", "mapConstNMega", "escFlatMapConst")
                        .contains(c.name()))
                .map(c -> dynamicTest(
                        c.name(), () -> assertThat(fork.measure(c)).containsOnlyKeys(DEFERRED, COMPLETABLE_FUTURE)));
    }
}
