// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The locks, semaphores and queues of a recorded program. */
final class RecordedPrimitives {
    private final RecordedRun run;
    private final TreeMap<String, Tokens<?>> tokens = new TreeMap<>();
    private final TreeMap<String, DeferredQueue<Object>> queues = new TreeMap<>();

    RecordedPrimitives(RecordedRun run) {
        this.run = run;
    }

    /** Executes the operation if it is one of these. */
    boolean execute(JsonNode op) throws Exception {
        String name = op.get(0).asString();
        String a = op.path(1).asString("");
        String b = op.path(2).asString("");
        switch (name) {
            case "lock" -> tokens.put(a, RecordedText.named(a, new DeferredLock()));
            case "sem" ->
                tokens.put(
                        a, RecordedText.named(a, new DeferredSemaphore(op.get(2).asInt())));
            case "acquire" -> run.fill(op.get(1), tokens.get(b).acquire());
            case "release" -> tokens.get(a).release();
            case "run" -> {
                int f = op.get(3).asInt();
                run.fill(
                        op.get(1),
                        tokens.get(b)
                                .run(() -> Deferred.maybeDeferred(() -> run.call(f, "run " + b + " f" + f, null))));
            }
            case "queue" -> queues.put(a, new DeferredQueue<>(limit(op.get(2)), limit(op.get(3))));
            case "put" -> queues.get(a).put(RecordedRun.value(op.get(2)));
            case "get" -> run.fill(op.get(1), queues.get(b).get());
            default -> {
                return false;
            }
        }
        return true;
    }

    private static int limit(JsonNode limit) {
        return limit.isNull() ? DeferredQueue.UNLIMITED : limit.asInt();
    }

    /** The line that describes it. */
    @Nullable
    String describe(String name) {
        if (queues.containsKey(name)) {
            DeferredQueue<Object> queue = queues.get(name);
            return name + " pending=" + RecordedText.show(queue.items()) + " waiting=" + queue.waiting();
        }
        Tokens<?> primitive = tokens.get(name);
        if (primitive instanceof DeferredLock lock) {
            return name + " locked=" + (lock.locked() ? 1 : 0) + " waiting=" + lock.waiting();
        }
        if (primitive instanceof DeferredSemaphore semaphore) {
            return name + " tokens=" + semaphore.tokens() + " waiting=" + semaphore.waiting();
        }
        return null;
    }

    /** Whether a release, or a put, was made while the same one was handing over. */
    boolean handedOverWithin() {
        return Stream.concat(tokens.values().stream(), queues.values().stream()).anyMatch(Handover::hasLeftToOuter);
    }

    List<String> names() {
        List<String> names = new ArrayList<>(tokens.keySet());
        names.addAll(queues.keySet());
        return names;
    }
}
