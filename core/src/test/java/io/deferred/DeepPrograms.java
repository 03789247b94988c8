// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The programs of {@link StackAndMemoryTest}, which starts this class in a JVM of its own. Prints a line for each program: its name, and "ok", or what went wrong.
 *
 * <p>With the argument {@code deep}, all that is a million deep, each on a thread with a stack of 256 KiB; with {@code kinds}, one of each kind of that. With {@code loops}, the endless loops, each
 * with the live memory that it had early and late.
 */
final class DeepPrograms {
    static final int DEPTH = 1_000_000;
    private static final int STACK_SIZE = 256 * 1024;
    private static final int SECONDS_EACH = 300;

    static final int TURNS = 10_000_000;
    static final int EARLY = 1_000_000;

    private static final Set<String> ONE_OF_EACH_KIND = Set.of(
            "towerFiredFromTheOutermost",
            "towerFiredFromTheInnermostWithCallbacksOnEach",
            "cancelThroughATowerFiredFromTheInnermost",
            "chainDeferredFiredAtTheHead",
            "callbacksThatReturnPendingOnes",
            "callbacksThatEachAddTheNext",
            "lockHandedToAMillionThatReleaseAtOnce");

    private DeepPrograms() {}

    /** One program; throws if it did not go as it should. */
    @FunctionalInterface
    interface Program {
        void run() throws Exception;
    }

    public static void main(String[] args) throws Exception {
        boolean loops = args[0].equals("loops");
        UnhandledFailures.setHandler(report -> {});
        Map<String, Program> programs = loops ? loops() : deep();
        if (args[0].equals("kinds")) {
            programs.keySet().retainAll(ONE_OF_EACH_KIND);
        }
        for (Map.Entry<String, Program> entry : programs.entrySet()) {
            if (args.length > 1 && !entry.getKey().equals(args[1])) {
                continue;
            }
            long start = System.nanoTime();
            String outcome = run(entry.getValue(), loops ? 0 : STACK_SIZE);
            System.out.println(entry.getKey() + " " + outcome + " "
                    + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) + " ms");
        }
        System.exit(0); // a program that is stuck must not keep the JVM
    }

    private static String run(Program program, int stackSize) throws InterruptedException {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        program.run();
                    } catch (Throwable t) {
                        thrown.set(t);
                    }
                },
                "deep",
                stackSize);
        thread.setDaemon(true);
        thread.start();
        thread.join(TimeUnit.SECONDS.toMillis(SECONDS_EACH));
        if (thread.isAlive()) {
            return "is not at its end after " + SECONDS_EACH + " s, at " + thread.getStackTrace()[0];
        }
        Throwable t = thrown.get();
        return t == null ? "ok" : String.valueOf(t).replace('\n', ' ');
    }

    /** What is a million deep. */
    static Map<String, Program> deep() {
        Map<String, Program> all = new LinkedHashMap<>();
        all.putAll(DeepTowers.deep());
        all.putAll(DeepCallbacks.deep());
        all.putAll(DeepPrimitives.deep());
        return all;
    }

    /** The endless loops, ten million turns of each. */
    private static Map<String, Program> loops() {
        Map<String, Program> all = new LinkedHashMap<>();
        all.putAll(DeepLoops.loops());
        all.putAll(DeepPrimitives.loops());
        return all;
    }
}
