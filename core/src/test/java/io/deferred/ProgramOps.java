// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import io.deferred.ProgramOp.What;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the threads of a random program do, but for what they end again themselves: pausing and awaiting. */
final class ProgramOps {
    private static final Duration STEP = Duration.ofNanos(1);

    private final ProgramRun run;
    private final ProgramTokens lock;
    private final ProgramTokens semaphore;
    private final ProgramQueue queue;
    private final VirtualClock clock;

    ProgramOps(ProgramRun run, ProgramTokens lock, ProgramTokens semaphore, ProgramQueue queue, VirtualClock clock) {
        this.run = run;
        this.lock = lock;
        this.semaphore = semaphore;
        this.queue = queue;
        this.clock = clock;
    }

    /** Does it, unless it has to do with one that has not been made. */
    void perform(ProgramOp op) {
        ProgramNode node = op.node() < 0 ? null : run.node(op.node());
        ProgramNode first = op.first() < 0 ? null : run.node(op.first());
        if (!op.what().makes()) {
            performOn(op, node, first);
        } else if (first == null || first.deferred() != null) {
            make(op, node, first);
        }
    }

    private void performOn(ProgramOp op, ProgramNode node, @Nullable ProgramNode first) {
        switch (op.what()) {
            case PUT -> queue.put();
            case ADVANCE -> clock.advance(STEP);
            case REPORT -> UnhandledFailures.reportNow();
            case FIRE -> node.fire(false);
            case FAIL -> node.fire(true);
            case CANCEL -> node.cancel();
            case HOLD_TO_THE_END -> run.holdToTheEnd(node);
            case ADD -> node.add(op.sides(), ProgramActs.of(op, run));
            default -> performPlainly(op.what(), node.deferred(), first == null ? null : first.deferred());
        }
    }

    private void performPlainly(What what, @Nullable Deferred<Object> on, @Nullable Deferred<Object> other) {
        if (on == null) {
            return;
        }
        switch (what) {
            case FORWARD -> on.chainDeferred(other).called();
            case TIMEOUT -> on.addTimeout(STEP, clock);
            case NAME -> on.named("named");
            default -> throw new AssertionError(what);
        }
    }

    private void make(ProgramOp op, ProgramNode node, @Nullable ProgramNode first) {
        switch (op.what()) {
            case ACQUIRE_LOCK -> lock.acquire(node, first);
            case ACQUIRE_TOKEN -> semaphore.acquire(node, first);
            case RUN_LOCKED -> lock.run(node, first);
            case RUN_WITH_TOKEN -> semaphore.run(node, first);
            case GET -> queue.get(node);
            case FORK -> node.publish(first.deferred().fork());
            case ASYNC -> node.publish(Deferred.async(() -> body(first)));
            default -> {
                Deferred<Object> second = run.node(op.second()).deferred();
                if (second != null) {
                    node.publish(gathering(op.what(), first.deferred(), second));
                }
            }
        }
    }

    @SuppressWarnings("unchecked") // of a type that nobody asks for
    private static Deferred<Object> gathering(What what, Deferred<Object> first, Deferred<Object> second) {
        List<Deferred<Object>> members = List.of(first, second);
        Deferred<?> made = switch (what) {
            case GATHER -> Deferred.gatherResults(members);
            case GATHER_CONSUMING -> Deferred.gatherResultsConsumingErrors(members);
            case LIST -> DeferredList.all(members, DeferredList.Option.CONSUME_ERRORS);
            case FIRST -> DeferredList.first(members, DeferredList.Option.FIRE_ON_ONE_ERRBACK);
            case JOIN -> Join.of(first, second, (a, b) -> List.of());
            case RACE -> Deferred.race(members);
            default -> throw new AssertionError(what);
        };
        return (Deferred<Object>) made;
    }

    private Object body(ProgramNode awaited) throws Exception {
        run.addBody();
        Object result = awaited.deferred().await();
        awaited.checkSeen(result);
        return result;
    }
}
