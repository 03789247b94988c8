// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
    private static final int DEPTH = 1_000_000;
    private static final int STACK_SIZE = 256 * 1024;
    private static final int SECONDS_EACH = 300;

    private static final int TURNS = 10_000_000;
    private static final int EARLY = 1_000_000;
    private static final long MAY_GROW_BY = 1L << 20;

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

    // ---- a million deep

    static Map<String, Program> deep() {
        Map<String, Program> all = new LinkedHashMap<>();
        for (With with : With.values()) {
            String suffix = with.suffix;
            all.put("towerFiredFromTheOutermost" + suffix, () -> tower(with, true, false));
            all.put("towerFiredFromTheInnermost" + suffix, () -> tower(with, false, false));
            all.put("towerOnAFiredOneFiredFromTheOutermost" + suffix, () -> towerOnFired(with, true));
            all.put("towerOnAFiredOneFiredFromTheInnermost" + suffix, () -> towerOnFired(with, false));
            all.put("failureDownATowerFiredFromTheOutermost" + suffix, () -> tower(with, true, true));
            all.put("failureDownATowerFiredFromTheInnermost" + suffix, () -> tower(with, false, true));
            all.put("cancelThroughATowerFiredFromTheOutermost" + suffix, () -> cancel(with, true, 0));
            all.put("cancelThroughATowerFiredFromTheInnermost" + suffix, () -> cancel(with, false, 0));
            all.put("cancelFromTheMiddleOfATower" + suffix, () -> cancel(with, true, DEPTH / 2));
            all.put("chainDeferredFiredAtTheHead" + suffix, () -> chain(with, false, false));
            all.put("chainDeferredFailedAtTheHead" + suffix, () -> chain(with, false, true));
            all.put("chainDeferredOnOneThatHasItsResult" + suffix, () -> chain(with, true, false));
            all.put("pauseInTheMiddleOfATower" + suffix, () -> pauseInTheMiddle(with));
        }
        all.put("callbacksThatReturnFiredOnes", DeepPrograms::manyFiredInners);
        all.put("callbacksThatReturnPendingOnes", () -> manyPendingInners(false));
        all.put("callbacksThatReturnPendingOnesWhileOthersAreAdded", () -> manyPendingInners(true));
        all.put("errbacksThatReturnPendingOnes", DeepPrograms::manyPendingErrbacks);
        all.put("callbacksThatEachAddTheNext", DeepPrograms::eachAddsTheNext);
        all.put("oneCallbackThatAddsAMillion", DeepPrograms::oneAddsAMillion);
        all.put("forksOfForks", DeepPrograms::forksOfForks);
        all.put("forksOfOne", DeepPrograms::forksOfOne);
        all.put("callbacksThatEachPause", DeepPrograms::eachPauses);
        all.put("callbacksAddedWhilePaused", DeepPrograms::addedWhilePaused);
        all.put("towerPausedThroughoutAndUnpausedFromTheInnermost", () -> pausedThroughout(false));
        all.put("towerPausedThroughoutAndUnpausedFromTheOutermost", () -> pausedThroughout(true));
        all.put("circleOfAMillion", DeepPrograms::circle);
        all.putAll(DeepPrimitives.deep());
        return all;
    }

    /** What the Deferreds in the middle have besides the wait. With nothing they may be left out, otherwise not. */
    private enum With {
        NOTHING(""),
        CALLBACKS("WithCallbacksOnEach");

        final String suffix;

        With(String suffix) {
            this.suffix = suffix;
        }
    }

    /** Deferreds each of which waits for the next when fired, the last excepted, and the number of further callbacks that have run on them. */
    private static final class Tower {
        final List<Deferred<Integer>> all = new ArrayList<>(DEPTH + 1);
        final With with;
        int ran;
        int failed;

        Tower(With with, Deferred<Integer> last) {
            this.with = with;
            for (int i = 0; i < DEPTH; i++) {
                int next = i + 1;
                Deferred<Integer> d = new Deferred<Integer>().chainCallback(ignored -> all.get(next));
                all.add(d);
                if (with == With.CALLBACKS) {
                    var unused = d.tapBoth(outcome -> count(outcome));
                }
            }
            all.add(last);
        }

        private void count(Outcome<Integer> outcome) {
            ran++;
            if (outcome instanceof Outcome.Failed<?>) {
                failed++;
            }
        }

        void fire(boolean fromTheOutermost) {
            for (int i = 0; i < DEPTH; i++) {
                all.get(fromTheOutermost ? i : DEPTH - 1 - i).callback(i);
            }
        }

        /** All but the first have given their result away. */
        void checkEnd(Class<? extends Throwable> failure) {
            if (failure == null) {
                check(7, value(all.get(0)));
            } else {
                check(failure, failure(all.get(0)).getClass());
            }
            check(null, value(all.get(1)));
            check(null, value(all.get(DEPTH / 2)));
            check(null, value(all.get(DEPTH)));
            check(with == With.CALLBACKS ? DEPTH : 0, ran);
            check(with == With.CALLBACKS && failure != null ? DEPTH : 0, failed);
        }
    }

    private static void tower(With with, boolean fromTheOutermost, boolean failing) {
        Tower tower = new Tower(with, new Deferred<>());
        tower.fire(fromTheOutermost);
        if (failing) {
            tower.all.get(DEPTH).errback(new IllegalArgumentException("down"));
        } else {
            tower.all.get(DEPTH).callback(7);
        }
        tower.checkEnd(failing ? IllegalArgumentException.class : null);
    }

    private static void towerOnFired(With with, boolean fromTheOutermost) {
        Tower tower = new Tower(with, Deferred.succeed(7));
        tower.fire(fromTheOutermost);
        tower.checkEnd(null);
    }

    private static void cancel(With with, boolean fromTheOutermost, int at) {
        int[] ran = new int[1];
        Tower tower = new Tower(with, new Deferred<Integer>(self -> ran[0]++));
        tower.fire(fromTheOutermost);
        check(Cancellation.PASSED_ON, tower.all.get(at).cancel());
        check(1, ran[0]);
        tower.checkEnd(CancelledException.class);
    }

    private static void pauseInTheMiddle(With with) {
        Tower tower = new Tower(with, new Deferred<>());
        tower.fire(true);
        Deferred<Integer> middle = tower.all.get(DEPTH / 2);
        middle.pause();
        tower.all.get(DEPTH).callback(7);
        check(true, tower.all.get(0).outcome().isEmpty());
        middle.unpause();
        tower.checkEnd(null);
    }

    private static void pausedThroughout(boolean fromTheOutermost) {
        Tower tower = new Tower(With.CALLBACKS, new Deferred<>());
        tower.fire(true);
        tower.all.forEach(Deferred::pause);
        tower.all.get(DEPTH).callback(7);
        check(0, tower.ran);
        for (int i = 0; i <= DEPTH; i++) {
            tower.all.get(fromTheOutermost ? i : DEPTH - i).unpause();
        }
        tower.checkEnd(null);
    }

    private static void chain(With with, boolean headHasFired, boolean failing) {
        int[] ran = new int[2];
        List<Deferred<Integer>> all = new ArrayList<>(DEPTH + 1);
        for (int i = 0; i <= DEPTH; i++) {
            all.add(new Deferred<>());
        }
        if (headHasFired) {
            all.get(0).callback(7);
        }
        // From the end, so that all of them run in one go.
        for (int i = DEPTH - 1; i >= 0; i--) {
            Deferred<Integer> d = all.get(i);
            if (with == With.CALLBACKS) {
                var unused = d.tapBoth(ignored -> ran[0]++)
                        .chainDeferred(all.get(i + 1))
                        .tapBoth(ignored -> ran[1]++);
            } else {
                var unused = d.chainDeferred(all.get(i + 1));
            }
        }
        if (!headHasFired) {
            if (failing) {
                all.get(0).errback(new IllegalArgumentException("along"));
            } else {
                all.get(0).callback(7);
            }
        }
        if (failing) {
            check(IllegalArgumentException.class, failure(all.get(DEPTH)).getClass());
        } else {
            check(7, value(all.get(DEPTH)));
        }
        check(null, value(all.get(0)));
        check(null, value(all.get(DEPTH - 1)));
        check(with == With.CALLBACKS ? DEPTH : 0, ran[0]);
        check(with == With.CALLBACKS ? DEPTH : 0, ran[1]);
    }

    private static void manyFiredInners() {
        Deferred<Integer> d = new Deferred<>();
        for (int i = 0; i < DEPTH; i++) {
            d = d.chainCallback(x -> Deferred.succeed(x + 1));
        }
        d.callback(0);
        check(DEPTH, value(d));
    }

    private static void manyPendingInners(boolean addMeanwhile) {
        Pending pending = new Pending();
        Deferred<Integer> d = new Deferred<>();
        int[] added = new int[1];
        for (int i = 0; i < DEPTH; i++) {
            d = d.chainCallback(x -> pending.make());
        }
        d.callback(0);
        for (int i = 1; i <= DEPTH; i++) {
            if (addMeanwhile && i % 2 == 0) {
                d = d.tap(x -> added[0]++);
            }
            pending.take().callback(i);
        }
        check(DEPTH, value(d));
        check(addMeanwhile ? DEPTH / 2 : 0, added[0]);
    }

    private static void manyPendingErrbacks() {
        Pending pending = new Pending();
        Deferred<Integer> d = new Deferred<>();
        for (int i = 0; i < DEPTH; i++) {
            d = d.chainErrback(f -> pending.make());
        }
        d.errback(new IllegalArgumentException("first"));
        for (int i = 1; i <= DEPTH; i++) {
            pending.take().errback(new IllegalArgumentException("number " + i));
        }
        check("number " + DEPTH, failure(d).getMessage());
    }

    private static void eachAddsTheNext() {
        Deferred<Integer> d = new Deferred<>();
        Callback<Integer, Integer> callback = new Callback<>() {
            @Override
            public Integer call(Integer x) {
                if (x < DEPTH) {
                    var unused = d.addCallback(this);
                }
                return x + 1;
            }
        };
        var unused = d.addCallback(callback);
        d.callback(0);
        check(DEPTH + 1, value(d));
    }

    private static void oneAddsAMillion() {
        Deferred<Integer> d = new Deferred<>();
        d.callback(0);
        var unused = d.addCallback(x -> {
            for (int i = 0; i < DEPTH; i++) {
                var unusedToo = d.addCallback(y -> y + 1);
            }
            return x;
        });
        check(DEPTH, value(d));
    }

    private static void forksOfForks() {
        Deferred<Integer> first = new Deferred<>();
        Deferred<Integer> d = first;
        for (int i = 0; i < DEPTH; i++) {
            d = d.addCallback(x -> x + 1).fork();
        }
        first.callback(0);
        check(1, value(first));
        check(DEPTH, value(d));
    }

    private static void forksOfOne() {
        Deferred<Integer> d = new Deferred<>();
        int[] sum = new int[1];
        for (int i = 0; i < DEPTH; i++) {
            var unused = d.fork().tap(x -> sum[0] += x);
        }
        d.callback(1);
        check(DEPTH, sum[0]);
        check(1, value(d));
    }

    private static void eachPauses() {
        Deferred<Integer> first = new Deferred<>();
        Deferred<Integer> d = first;
        for (int i = 0; i < DEPTH; i++) {
            d = d.addCallback(x -> {
                first.pause();
                return x + 1;
            });
        }
        d.callback(0);
        for (int i = 1; i <= DEPTH; i++) {
            check(i, value(d));
            d.unpause();
        }
        check(DEPTH, value(d));
    }

    private static void addedWhilePaused() {
        Deferred<Integer> d = new Deferred<>();
        d.pause();
        d.callback(0);
        for (int i = 0; i < DEPTH; i++) {
            d = d.addCallback(x -> x + 1);
        }
        check(0, value(d));
        d.unpause();
        check(DEPTH, value(d));
    }

    private static void circle() {
        AtomicReference<Deferred<Integer>> first = new AtomicReference<>();
        Tower tower = new Tower(With.CALLBACKS, new Deferred<Integer>().chainCallback(ignored -> first.get()));
        first.set(tower.all.get(0));
        tower.fire(true);
        tower.all.get(DEPTH).callback(0);
        check(IllegalStateException.class, failure(tower.all.get(0)).getClass());
    }

    /** The one Deferred that the program is waiting for. */
    private static final class Pending {
        private Deferred<Integer> now;

        Deferred<Integer> make() {
            now = new Deferred<>();
            return now;
        }

        Deferred<Integer> take() {
            Deferred<Integer> taken = now;
            now = null;
            return taken;
        }
    }

    // ---- endless loops

    private static Map<String, Program> loops() {
        Map<String, Program> all = new LinkedHashMap<>();
        all.put("loopInConstantMemory", () -> new Loop().run());
        all.put("loopWithLabelledTurns", () -> {
            Loop loop = new Loop();
            loop.kind = Kind.LABELLED;
            loop.run();
        });
        all.put("loopOfTurnsWithACanceller", () -> {
            Loop loop = new Loop();
            loop.kind = Kind.CANCELLER;
            loop.run();
        });
        all.put("loopOfWhichSomebodyHoldsAMiddleTurn", () -> {
            Loop loop = new Loop();
            loop.hold = 12_345;
            loop.run();
            check(null, value(loop.held));
        });
        all.put("loopWhoseOutermostHasFurtherCallbacks", () -> {
            Loop loop = new Loop();
            loop.further = 1000;
            loop.run();
        });
        all.put("loopOfErrbacks", () -> {
            Loop loop = new Loop();
            loop.kind = Kind.ERRBACKS;
            loop.run();
        });
        all.put("loopWhoseTurnsWaitWhenReturned", () -> {
            Loop loop = new Loop();
            loop.kind = Kind.WAITING;
            loop.run();
        });
        all.put("loopCalledOffInTheEnd", () -> {
            Loop loop = new Loop();
            loop.calledOff = true;
            loop.run();
        });
        all.putAll(DeepPrimitives.loops());
        return all;
    }

    private enum Kind {
        PLAIN,
        LABELLED,
        CANCELLER,
        ERRBACKS,
        WAITING
    }

    /** Recursion whose turns are pending when they are returned. */
    private static final class Loop {
        Kind kind = Kind.PLAIN;
        int hold = -1;
        int further;
        boolean calledOff;
        Deferred<Integer> held;

        private final Pending pending = new Pending();
        private int turns;

        private Deferred<Integer> turn() {
            Deferred<Integer> d = make();
            if (turns == hold) {
                held = d;
            }
            turns++;
            return d;
        }

        private Deferred<Integer> make() {
            return switch (kind) {
                case PLAIN -> pending.make().chainCallback(this::next);
                case LABELLED -> pending.make().named("turn " + turns).chainCallback(this::next);
                case CANCELLER -> {
                    int number = turns;
                    pending.now = new Deferred<>(self -> check(turns, number + 1));
                    yield pending.now.chainCallback(this::next);
                }
                case ERRBACKS -> pending.make().chainErrback(f -> next(turns));
                case WAITING ->
                    Deferred.succeed(0).chainCallback(x -> pending.make()).chainCallback(this::next);
            };
        }

        private Deferred<Integer> next(Integer number) {
            return number < TURNS ? turn() : Deferred.succeed(number);
        }

        void run() {
            Deferred<Integer> outermost = turn();
            for (int i = 0; i < further; i++) {
                outermost = outermost.addCallback(x -> x + 1);
            }
            long early = 0;
            for (int i = 1; i <= TURNS; i++) {
                if (i == EARLY) {
                    early = liveBytes();
                }
                if (i == TURNS) {
                    long late = liveBytes();
                    checkGrowth(early, late);
                }
                if (i == TURNS && calledOff) {
                    check(Cancellation.PASSED_ON, outermost.cancel());
                    check(CancelledException.class, failure(outermost).getClass());
                    return;
                }
                if (kind == Kind.ERRBACKS) {
                    pending.take().errback(FAILURE);
                } else {
                    pending.take().callback(i);
                }
            }
            check(TURNS + further, value(outermost));
        }

        private static final Failure FAILURE = new Failure(new IllegalArgumentException("on it goes"));
    }

    @SuppressWarnings("deprecation") // to know what is live, the collector must have run
    static long liveBytes() {
        System.gc();
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    static void checkGrowth(long early, long late) {
        System.out.println("  live bytes: " + early + " early, " + late + " late");
        if (late - early > MAY_GROW_BY) {
            throw new AssertionError("live memory grew from " + early + " to " + late + " bytes");
        }
    }

    // ---- what there is in the end

    static Object value(Deferred<?> d) {
        Outcome<?> outcome = d.outcome().orElseThrow(() -> new AssertionError("there is no outcome: " + d));
        if (outcome instanceof Outcome.Failed<?> failed) {
            throw new AssertionError("it failed: " + failed.failure().trace());
        }
        return ((Outcome.Success<?>) outcome).value();
    }

    private static Throwable failure(Deferred<?> d) {
        Outcome<?> outcome = d.outcome().orElseThrow(() -> new AssertionError("there is no outcome: " + d));
        if (outcome instanceof Outcome.Failed<?> failed) {
            var unused = d.handle(f -> {}); // it need not be reported when the JVM exits
            return failed.failure().exception();
        }
        throw new AssertionError("it did not fail: " + d);
    }

    static void check(Object expected, Object actual) {
        if (expected == null ? actual != null : !expected.equals(actual)) {
            throw new AssertionError("expected " + expected + ", but got " + actual);
        }
    }
}
