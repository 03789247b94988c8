// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.time.Duration;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Linearizability, checked by Lincheck: of programs that it makes up, each a few operations on each of three threads, every result can be explained by some order of the operations, one after the other, on a
 * specification that knows no threads. Subclasses say what the operations are.
 *
 * <p>Model checking runs one thread at a time and chooses where they change places, at each access to what they share; it shows the way to a fault, but knows no reordering of memory accesses. The stress test
 * runs them at once as the machine has it.
 *
 * <p>What is checked is what is promised. A run of callbacks is not one step: whoever finds one on another thread goes on before it has ended. So operations that read wait until it has. Nor is any operation
 * claimed to be free of locks: locks and queues have a monitor, and a slot can be busy for a few instructions, for which others spin. So obstruction freedom is not asked for, only that no spinning is for ever,
 * which Lincheck finds out by itself.
 *
 * <p>{@code -Dlincheck.scale} multiplies the number of programs.
 */
@Tag("slow")
@ExtendWith(QuietFailures.class)
public abstract class LincheckTest {
    static final int THREADS = 3;

    private static final int SCALE = Math.max(1, Integer.getInteger("lincheck.scale", 1));

    private final Class<?> specification;

    LincheckTest(Class<?> specification) {
        this.specification = specification;
    }

    /** No scheduler's thread is to come by: Lincheck knows only its own. */
    @BeforeAll
    static void stopTheClock() {
        UnhandledFailures.setGracePeriod(Duration.ofHours(1), new VirtualClock());
    }

    @AfterAll
    static void startTheClock() {
        UnhandledFailures.resetGracePeriod();
    }

    @Test
    void modelChecking() {
        check(new ModelCheckingOptions()
                .addGuarantee(ManagedStrategyGuaranteeKt.forClasses(UnhandledFailures.class.getName())
                        .allMethods()
                        .ignore())
                .iterations(20 * SCALE)
                .invocationsPerIteration(200));
    }

    @Test
    void stress() {
        check(new StressOptions().iterations(50 * SCALE).invocationsPerIteration(1000));
    }

    private void check(Options<?, ?> options) {
        options.threads(THREADS)
                .actorsPerThread(2)
                .actorsBefore(1)
                .actorsAfter(3)
                .sequentialSpecification(specification)
                .check(getClass());
    }
}
