// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Executes a recorded program and writes down what happens. It knows nothing of particular programs. */
final class RecordedRun {
    private static final Set<String> ON_THE_CLOCK =
            Set.of("advance", "later", "hcancel", "hreset", "hdelay", "timeout", "deferLater");

    private final JsonNode fns;
    private final TreeMap<Integer, Deferred<Object>> slots = new TreeMap<>();
    private final TreeMap<String, DelayedCall> handles = new TreeMap<>();
    private final VirtualClock clock = new VirtualClock();
    private final RecordedPrimitives primitives = new RecordedPrimitives(this);
    private final RecordedInline inline = new RecordedInline(this);
    private final RecordedTasks tasks = new RecordedTasks(this, clock);
    private final Set<Deferred<?>> returned = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean returnedTwice;
    private boolean stoppedByCancel;
    private boolean clockUsed;
    private List<String> lines = new ArrayList<>();

    RecordedRun(JsonNode fns) {
        this.fns = fns;
    }

    /** Executes an operation at top level. */
    List<String> step(JsonNode op) throws Exception {
        lines = new ArrayList<>();
        perform(op, false);
        return lines;
    }

    void perform(JsonNode op, boolean rethrow) throws Exception {
        try {
            execute(op);
        } catch (AssertionError e) {
            throw e; // the replayer's own
        } catch (Throwable error) {
            lines.add("throw " + RecordedText.show(error));
            if (rethrow) {
                throw error;
            }
        }
    }

    void write(String line) {
        lines.add(line);
    }

    @Nullable
    Object call(int f, String entry, @Nullable Object in) throws Exception {
        lines.add(entry);
        JsonNode fn = fns.get(f);
        if (fn.has("acts")) {
            for (JsonNode act : fn.get("acts")) {
                perform(act, fn.path("p").asBoolean(false));
            }
        }
        JsonNode ret = fn.get("ret");
        String kind = ret.get(0).asString();
        return switch (kind) {
            case "const" -> value(ret.get(1));
            case "pass" -> in;
            case "tag" -> RecordedText.plain(in) + ret.get(1).asString();
            case "raise" ->
                throw RecordedErrors.make(ret.get(1).asString(), ret.get(2).asString());
            case "fail" ->
                new Failure(
                        RecordedErrors.make(ret.get(1).asString(), ret.get(2).asString()));
            case "trap" -> in instanceof Failure failure ? trap(failure, ret) : in;
            case "check" -> in instanceof Failure failure ? check(failure, ret) : in;
            case "d" -> returned(slot(ret.get(1)));
            default -> throw new AssertionError("unknown function: " + ret);
        };
    }

    private Deferred<Object> returned(Deferred<Object> deferred) {
        returnedTwice |= !returned.add(deferred);
        return deferred;
    }

    /** Whether functions have returned one Deferred more than once, so that its result may have been taken twice. */
    boolean returnedOneTwice() {
        return returnedTwice;
    }

    /** Whether a Deferred of a LoopingCall's start, or of coiterate, was cancelled. */
    boolean stoppedByCancel() {
        return stoppedByCancel || tasks.stoppedByCancel();
    }

    /** Whether a lock, semaphore or queue was released, or filled, while it was handing over. */
    boolean handedOverWithin() {
        return primitives.handedOverWithin();
    }

    private static @Nullable Object trap(Failure failure, JsonNode ret) {
        failure.trap(types(ret.get(1)));
        return value(ret.get(2));
    }

    private static @Nullable String check(Failure failure, JsonNode ret) {
        Class<? extends Throwable> found = failure.check(types(ret.get(1))).orElse(null);
        for (JsonNode name : ret.get(1)) {
            if (RecordedErrors.type(name.asString()) == found) {
                return name.asString();
            }
        }
        return null;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
    private static Class<? extends Throwable>[] types(JsonNode names) {
        Class<? extends Throwable>[] types = new Class[names.size()];
        for (int i = 0; i < types.length; i++) {
            types[i] = RecordedErrors.type(names.get(i).asString());
        }
        return types;
    }

    static @Nullable Object value(JsonNode json) {
        if (json.isNull()) {
            return null;
        }
        if (json.isBoolean()) {
            return json.asBoolean();
        }
        return json.isString() ? json.asString() : (Object) json.asInt();
    }

    Deferred<Object> slot(JsonNode number) {
        Deferred<Object> deferred = slots.get(number.asInt());
        if (deferred == null) {
            throw new AssertionError("no Deferred in slot " + number);
        }
        return deferred;
    }

    @SuppressWarnings("unchecked") // programs are untyped
    void fill(JsonNode number, Deferred<?> deferred) {
        slots.put(number.asInt(), (Deferred<Object>) deferred);
    }

    private Callback<Object, Object> callback(JsonNode slot, JsonNode f) {
        return in -> call(f.asInt(), "cb d" + slot.asInt() + " f" + f.asInt() + " " + RecordedText.show(in), in);
    }

    private Callback<Failure, Object> errback(JsonNode slot, JsonNode f) {
        return in -> call(f.asInt(), "eb d" + slot.asInt() + " f" + f.asInt() + " " + RecordedText.show(in), in);
    }

    private static Object raw(Outcome<Object> outcome) {
        return outcome instanceof Outcome.Failed<Object> failed ? failed.failure() : outcome.unwrap();
    }

    @SuppressWarnings({"CheckReturnValue", "unchecked"}) // the slots hold the one object, whatever its type is by then
    private void execute(JsonNode op) throws Exception {
        String name = op.get(0).asString();
        clockUsed |= ON_THE_CLOCK.contains(name);
        JsonNode a = op.path(1);
        JsonNode b = op.path(2);
        JsonNode c = op.path(3);
        switch (name) {
            case "new" ->
                fill(
                        a,
                        b.isNull()
                                ? new Deferred<>()
                                : new Deferred<>(
                                        self -> call(b.asInt(), "cancel d" + a.asInt() + " f" + b.asInt(), null)));
            case "succeed" -> fill(a, Deferred.succeed(value(b)));
            case "fail" -> fill(a, Deferred.fail(RecordedErrors.make(b.asString(), c.asString())));
            case "callback" -> slot(a).callback(value(b));
            case "errback" -> slot(a).errback(RecordedErrors.make(b.asString(), c.asString()));
            case "callbackFailure" -> slot(a).callback(new Failure(RecordedErrors.make(b.asString(), c.asString())));
            case "addCallback" -> slot(a).addCallback(callback(a, b));
            case "addErrback" -> slot(a).addErrback(errback(a, b));
            case "addBoth" ->
                slot(a).addBoth(outcome -> {
                    Object in = raw(outcome);
                    String entry = (in instanceof Failure ? "eb d" : "cb d") + a.asInt() + " f" + b.asInt();
                    return call(b.asInt(), entry + " " + RecordedText.show(in), in);
                });
            case "addCallbacks" -> {
                if (c.isNull()) {
                    slot(a).addCallback(callback(a, b));
                } else {
                    slot(a).addCallbacks(callback(a, b), errback(a, c));
                }
            }
            case "pause" -> slot(a).pause();
            case "unpause" -> slot(a).unpause();
            case "cancel" -> {
                stoppedByCancel |= tasks.stopsByCancel(slot(a));
                slot(a).cancel();
            }
            case "chain" -> slot(a).chainDeferred(slot(b));
            case "peek" -> peek(a);
            case "tower" -> tower(a, b, c.asInt(), op.get(4).asBoolean());
            case "list" ->
                fill(
                        a,
                        list(
                                members(b),
                                c.asBoolean(),
                                op.get(4).asBoolean(),
                                op.get(5).asBoolean()));
            case "gather" ->
                fill(
                        a,
                        c.asBoolean()
                                ? Deferred.gatherResultsConsumingErrors(members(b))
                                : Deferred.gatherResults(members(b)));
            case "race" -> fill(a, Deferred.race(members(b)));
            case "maybe" -> fill(a, Deferred.maybeDeferred(() -> call(b.asInt(), "maybe f" + b.asInt(), null)));
            case "advance" -> clock.jump(RecordedText.time(a.asDouble()));
            case "later" ->
                handles.put(a.asString(), clock.callLater(RecordedText.time(b.asDouble()), () -> timer(a, c)));
            case "hcancel" -> handles.get(a.asString()).cancel();
            case "hreset" -> handles.get(a.asString()).reset(RecordedText.time(b.asDouble()));
            case "hdelay" -> handles.get(a.asString()).delay(RecordedText.time(b.asDouble()));
            case "timeout" -> timeout(a, b, c);
            case "deferLater" ->
                fill(
                        a,
                        c.isNull()
                                ? Deferred.deferLater(clock, RecordedText.time(b.asDouble()))
                                : Deferred.deferLater(
                                        clock,
                                        RecordedText.time(b.asDouble()),
                                        () -> call(c.asInt(), "later f" + c.asInt(), null)));
            default -> {
                if (!primitives.execute(op) && !inline.execute(op) && !tasks.execute(op)) {
                    throw new AssertionError("unknown operation: " + op);
                }
            }
        }
    }

    private void timer(JsonNode handle, JsonNode f) {
        try {
            call(
                    f.asInt(),
                    "timer " + handle.asString() + " f" + f.asInt() + " t=" + RecordedText.show(clock.now()),
                    null);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError("programs throw unchecked errors alone", e);
        }
    }

    private void timeout(JsonNode slot, JsonNode seconds, JsonNode f) {
        if (f.isNull()) {
            slot(slot).addTimeout(RecordedText.time(seconds.asDouble()), clock);
            return;
        }
        slot(slot).addTimeout(RecordedText.time(seconds.asDouble()), clock, (outcome, timeout) -> {
            Object in = raw(outcome);
            String entry = "timeout d" + slot.asInt() + " f" + f.asInt() + " " + RecordedText.show(in);
            return call(f.asInt(), entry + " " + RecordedText.show(timeout), in);
        });
    }

    private List<Deferred<Object>> members(JsonNode numbers) {
        List<Deferred<Object>> members = new ArrayList<>();
        numbers.forEach(number -> members.add(slot(number)));
        return members;
    }

    private static Deferred<?> list(
            Collection<Deferred<Object>> members, boolean onCallback, boolean onErrback, boolean consume) {
        List<DeferredList.Option> options = new ArrayList<>();
        if (onErrback) {
            options.add(DeferredList.Option.FIRE_ON_ONE_ERRBACK);
        }
        if (consume) {
            options.add(DeferredList.Option.CONSUME_ERRORS);
        }
        DeferredList.Option[] flags = options.toArray(DeferredList.Option[]::new);
        return onCallback ? DeferredList.first(members, flags) : DeferredList.all(members, flags);
    }

    @SuppressWarnings("CheckReturnValue") // the array holds the one object
    private void tower(JsonNode last, JsonNode first, int height, boolean outerFirst) {
        List<Deferred<Object>> floors = new ArrayList<>();
        for (int i = 0; i < height; i++) {
            floors.add(new Deferred<>());
        }
        for (int i = 0; i < height - 1; i++) {
            Deferred<Object> next = floors.get(i + 1);
            floors.get(i).addCallback(ignored -> next);
        }
        for (int i = 0; i < height - 1; i++) {
            floors.get(outerFirst ? i : height - 2 - i).callback(null);
        }
        fill(last, floors.get(height - 1));
        fill(first, floors.get(0));
    }

    private void peek(JsonNode what) {
        if (what.isInt()) {
            lines.add(describe(what.asInt()));
        } else if (what.asString().equals("clock")) {
            clockUsed = true;
            lines.add(describeClock());
        } else {
            lines.add(describe(what.asString()));
        }
    }

    /** The lines that describe the state after the program. */
    List<String> end() {
        List<String> end = new ArrayList<>();
        IdentityHashMap<Deferred<?>, Integer> seen = new IdentityHashMap<>();
        List<String> unhandled = new ArrayList<>();
        slots.forEach((number, deferred) -> {
            Integer lower = seen.putIfAbsent(deferred, number);
            if (lower != null) {
                end.add("d" + number + " is d" + lower);
                return;
            }
            end.add(describe(number));
            if (deferred.unhandled() != null) {
                unhandled.add(RecordedText.show(deferred.unhandled()));
            }
        });
        TreeSet<String> objects = new TreeSet<>(handles.keySet());
        objects.addAll(primitives.names());
        objects.addAll(tasks.names());
        objects.forEach(name -> end.add(describe(name)));
        if (clockUsed || tasks.clockUsed()) {
            end.add(describeClock());
        }
        if (!unhandled.isEmpty()) {
            unhandled.sort(null);
            end.add("gc [" + String.join(",", unhandled) + "]");
        }
        return end;
    }

    private String describe(int number) {
        Deferred<Object> deferred = slots.get(number);
        Deferred<?> inner = deferred.waitingFor().orElse(null);
        int paused = deferred.pauses() + (inner == null ? 0 : 1);
        return "d" + number + " called=" + (deferred.called() ? 1 : 0) + " paused=" + paused + " result="
                + (inner == null ? result(deferred) : "->" + name(inner))
                + (deferred.unhandled() == null ? "" : " unhandled");
    }

    private static String result(Deferred<Object> deferred) {
        if (!deferred.called()) {
            return "none";
        }
        return RecordedText.show(raw(deferred.outcome().orElseThrow()));
    }

    private String name(Deferred<?> deferred) {
        for (Map.Entry<Integer, Deferred<Object>> slot : slots.entrySet()) {
            if (slot.getValue() == deferred) {
                return "d" + slot.getKey();
            }
        }
        return "anon";
    }

    private String describe(String name) {
        DelayedCall call = handles.get(name);
        if (call == null) {
            String line = primitives.describe(name);
            return line == null ? tasks.describe(name) : line;
        }
        return name + (call.active() ? " active=1 time=" + RecordedText.show(call.time()) : " active=0");
    }

    private String describeClock() {
        List<String> due = new ArrayList<>();
        clock.delayedCalls().forEach(call -> due.add(RecordedText.show(call.time())));
        return "clock now=" + RecordedText.show(clock.now()) + " calls=[" + String.join(",", due) + "]";
    }
}
