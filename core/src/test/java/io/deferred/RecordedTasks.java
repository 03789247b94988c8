// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The LoopingCalls, Cooperators and their tasks of a recorded program. */
final class RecordedTasks {
    private final RecordedRun run;
    private final VirtualClock clock;
    private final TreeMap<String, LoopingCall> loops = new TreeMap<>();
    private final TreeMap<String, Cooperator> cooperators = new TreeMap<>();
    private final Map<String, PumpedScheduler> pumps = new HashMap<>();
    private final Map<String, CooperativeTask<Steps>> tasks = new HashMap<>();
    private final Set<Deferred<?>> ofStartAndCoiterate = new HashSet<>();

    RecordedTasks(RecordedRun run, VirtualClock clock) {
        this.run = run;
        this.clock = clock;
    }

    /** Executes the operation if it is one of these. */
    boolean execute(JsonNode op) throws Exception {
        String name = op.get(0).asString();
        JsonNode a = op.path(1);
        String object = op.path(1).asString("");
        switch (name) {
            case "loop" -> loops.put(object, RecordedText.named(object, loop(object, op)));
            case "start" ->
                fill(
                        a,
                        loops.get(op.get(2).asString())
                                .start(
                                        seconds(op.get(3)),
                                        op.get(4).asBoolean()
                                                ? LoopingCall.First.NOW
                                                : LoopingCall.First.AFTER_INTERVAL));
            case "stop" -> loops.get(object).stop();
            case "reset" -> loops.get(object).reset();
            case "coop" -> cooperator(object, op.get(2).asInt(), op.get(3).asBoolean());
            case "pump" -> pumps.get(object).pump();
            case "cooperate" -> tasks.put(object, cooperator(op.get(2)).cooperate(steps(object, op.get(3))));
            case "coiterate" ->
                fill(a, cooperator(op.get(3)).coiterate(steps(op.get(2).asString(), op.get(4))));
            case "coiterateInto" ->
                cooperator(op.get(3)).coiterate(steps(op.get(2).asString(), op.get(4)), run.slot(a));
            case "whenDone" -> run.fill(a, tasks.get(op.get(2).asString()).whenDone());
            case "tpause" -> tasks.get(object).pause();
            case "tresume" -> tasks.get(object).resume();
            case "tstop" -> tasks.get(object).stop();
            case "cstart" -> cooperators.get(object).start();
            case "cstop" -> cooperators.get(object).stop();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void fill(JsonNode slot, Deferred<?> deferred) {
        run.fill(slot, deferred);
        ofStartAndCoiterate.add(deferred);
    }

    /** Whether it is one whose cancel stops the loop or the task behind it. */
    boolean stopsByCancel(Deferred<?> deferred) {
        return ofStartAndCoiterate.contains(deferred);
    }

    /** Whether the cancel of another one, a race for instance, has reached one of those. */
    boolean stoppedByCancel() {
        return ofStartAndCoiterate.stream().anyMatch(Deferred::isCancelling);
    }

    private static Duration seconds(JsonNode seconds) {
        double value = seconds.asDouble();
        return value < 0 ? RecordedText.time(-value).negated() : RecordedText.time(value);
    }

    // ---- looping calls

    private LoopingCall loop(String name, JsonNode op) {
        int[] made = new int[1];
        Callback<String, @Nullable Object> body = count -> {
            JsonNode fns = op.get(2);
            int f = fns.get(Math.min(made[0]++, fns.size() - 1)).asInt();
            return run.call(f, "loop " + name + " f" + f + " t=" + RecordedText.show(clock.now()) + count, null);
        };
        return op.get(3).asBoolean()
                ? LoopingCall.withCount(clock, count -> body.call(" n=" + count))
                : new LoopingCall(clock, () -> body.call(""));
    }

    // ---- cooperators

    private Cooperator cooperator(JsonNode name) {
        return cooperators.get(name.asString());
    }

    private void cooperator(String name, int units, boolean started) {
        PumpedScheduler pump = new PumpedScheduler();
        Supplier<BooleanSupplier> slices = () -> {
            int[] left = {units};
            return () -> --left[0] <= 0;
        };
        pumps.put(name, pump);
        cooperators.put(
                name, new Cooperator(pump, slices, started ? Cooperator.Begin.AT_ONCE : Cooperator.Begin.WHEN_STARTED));
    }

    private Steps steps(String task, JsonNode fns) {
        return RecordedText.named(task, new Steps(task, fns));
    }

    /** Calls a function for each element. */
    private final class Steps implements Iterator<@Nullable Object> {
        private final String task;
        private final JsonNode fns;
        private int next;

        Steps(String task, JsonNode fns) {
            this.task = task;
            this.fns = fns;
        }

        @Override
        public boolean hasNext() {
            if (next < fns.size()) {
                return true;
            }
            run.write("iter " + task + " end");
            return false;
        }

        @Override
        public @Nullable Object next() {
            if (next == fns.size()) {
                throw new NoSuchElementException();
            }
            int f = fns.get(next++).asInt();
            try {
                return run.call(f, "iter " + task + " f" + f, null);
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new AssertionError("programs throw unchecked errors alone", e);
            }
        }
    }

    // ---- at the end

    boolean clockUsed() {
        return !loops.isEmpty();
    }

    List<String> names() {
        List<String> names = new ArrayList<>(loops.keySet());
        names.addAll(cooperators.keySet());
        return names;
    }

    /** The line that describes it; null if it is none of these. */
    @Nullable
    String describe(String name) {
        if (loops.containsKey(name)) {
            return name + " running=" + (loops.get(name).running() ? 1 : 0);
        }
        if (cooperators.containsKey(name)) {
            return name + " running=" + (cooperators.get(name).running() ? 1 : 0) + " scheduled="
                    + pumps.get(name).delayedCalls().size();
        }
        return null;
    }
}
