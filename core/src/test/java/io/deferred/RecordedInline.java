// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The functions with inlineCallbacks of a recorded program: bodies of {@code async}, each on a thread of its own, in step with the program. */
final class RecordedInline {
    private final RecordedRun run;

    RecordedInline(RecordedRun run) {
        this.run = run;
    }

    /** Lets whoever has started or resumed a body wait until it waits or has ended, as if it ran on the same stack. */
    static final class InStep implements BodyWatch {
        private static final int PATIENCE_SECONDS = 60;

        private final Map<Body<?>, Semaphore> rests = new ConcurrentHashMap<>();

        @Override
        public void untilItRests(Body<?> body) {
            try {
                if (!restsOf(body).tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    throw new AssertionError("a body has neither waited nor ended");
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void rests(Body<?> body) {
            restsOf(body).release();
        }

        private Semaphore restsOf(Body<?> body) {
            return rests.computeIfAbsent(body, key -> new Semaphore(0));
        }
    }

    /** Executes the operation if it is one of these. */
    boolean execute(JsonNode op) {
        if (!op.get(0).asString().equals("inline")) {
            return false;
        }
        int slot = op.get(1).asInt();
        run.fill(op.get(1), Deferred.async(() -> body(slot, op.get(2))));
        return true;
    }

    private @Nullable Object body(int slot, JsonNode steps) throws Exception {
        Object last = null;
        for (int i = 0; i < steps.size(); i++) {
            JsonNode step = steps.get(i);
            String kind = step.get(0).asString();
            switch (kind) {
                case "await" -> last = await("co d" + slot + " " + i + " ", step);
                case "do" -> run.perform(step.get(1), false);
                case "spin" -> last = spin(step.get(1).asInt(), RecordedRun.value(step.get(2)));
                case "raise" ->
                    throw RecordedErrors.make(
                            step.get(1).asString(), step.get(2).asString());
                case "return" -> {
                    return RecordedRun.value(step.get(1));
                }
                case "returnLast" -> {
                    return last;
                }
                case "returnTag" -> {
                    return RecordedText.plain(last) + step.get(1).asString();
                }
                default -> throw new AssertionError("unknown step: " + step);
            }
        }
        return null;
    }

    private @Nullable Object await(String entry, JsonNode step) throws Exception {
        try {
            Object value = run.slot(step.get(1)).await();
            run.write(entry + RecordedText.show(value));
            return value;
        } catch (Exception error) {
            run.write(entry + RecordedText.show(error));
            for (JsonNode swallowed : step.path(2)) {
                if (RecordedErrors.type(swallowed.asString()).isInstance(error)) {
                    return null;
                }
            }
            throw error;
        }
    }

    private static @Nullable Object spin(int times, @Nullable Object value) throws Exception {
        Object last = null;
        for (int i = 0; i < times; i++) {
            last = Deferred.succeed(value).await();
        }
        return last;
    }
}
