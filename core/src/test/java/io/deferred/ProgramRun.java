// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import io.deferred.ProgramOp.What;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One run of a {@link RandomProgram}. When all threads have done what they are to do, the first of them fires, serves and unpauses all that is left. */
final class ProgramRun extends StressCrew.Round {
    private static final int MOST_SPINS = 60;

    // immutable
    private final RandomProgram program;
    private final ProgramFacts facts;
    private final ProgramReports reports;
    private final SplittableRandom delays;
    private final List<ProgramNode> nodes = new ArrayList<>();
    private final ProgramTokens lock;
    private final ProgramTokens semaphore;
    private final ProgramQueue queue;
    private final VirtualClock clock = new VirtualClock();
    private final ProgramOps ops;
    private final ProgramCancels cancels;

    /** The threads that have numbers: those of the crew, those of bodies, and last the one that makes and checks. */
    private final @Nullable Thread[] numbered;

    private final int[] given; // how many results each has made
    private final AtomicInteger bodies = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final Queue<ProgramNode> held = new ConcurrentLinkedQueue<>();

    /**
     * One that is about to be run.
     *
     * @param jitter decides how the threads lie to one another
     */
    ProgramRun(RandomProgram program, ProgramFacts facts, ProgramReports reports, long jitter) {
        this.program = program;
        this.facts = facts;
        this.reports = reports;
        this.delays = new SplittableRandom(program.seed() + jitter);
        int bodiesAtMost = (int)
                program.ops().stream().filter(op -> op.what() == What.ASYNC).count();
        numbered = new Thread[program.threads().size() + bodiesAtMost + 1];
        numbered[numbered.length - 1] = Thread.currentThread();
        given = new int[numbered.length];
        lock = new ProgramTokens(this, new DeferredLock(), 1);
        semaphore = new ProgramTokens(this, new DeferredSemaphore(2), 2);
        queue = new ProgramQueue(this);
        ops = new ProgramOps(this, lock, semaphore, queue, clock);
        cancels = new ProgramCancels(this, nodes, facts);
        for (int i = 0; i < program.nodes().size(); i++) {
            nodes.add(new ProgramNode(this, i, program.nodes().get(i), facts.isPaused(i)));
        }
    }

    // ---- who does what

    /** How many numbers there are for threads. */
    int numbers() {
        return numbered.length;
    }

    /** The number of the thread that calls. */
    int me() {
        Thread me = Thread.currentThread();
        for (int i = 0; i < numbered.length; i++) {
            if (numbered[i] == me) {
                return i;
            }
        }
        throw new AssertionError("a callback ran on a thread that has no business here: " + me);
    }

    ProgramNode node(int number) {
        return nodes.get(number);
    }

    ProgramValue value(ProgramNode node) {
        ProgramValue value = newValue(node.id());
        value.mark().writeOutside(node);
        return value;
    }

    ProgramValue valueForQueue() {
        ProgramValue value = newValue(ProgramValue.OF_QUEUE);
        value.mark().writeOutside(nodes.get(0));
        return value;
    }

    private ProgramValue newValue(int node) {
        int by = me();
        return new ProgramValue(new ProgramMark(node), by, ++given[by]);
    }

    ProgramError error(ProgramNode node) {
        int by = me();
        ProgramError error = new ProgramError(new ProgramMark(node.id()), by, ++given[by]);
        error.mark().writeOutside(node);
        return error;
    }

    /** A body has been started, and this is its thread. */
    void addBody() {
        numbered[program.threads().size() + bodies.getAndIncrement()] = Thread.currentThread();
    }

    // ---- the threads

    @Override
    void part(int thread) {
        numbered[thread] = Thread.currentThread();
        SplittableRandom random = splitDelays();
        ProgramNode awaited = null;
        try {
            Deque<ProgramNode> paused = new ArrayDeque<>();
            spin(random.nextInt(1 << random.nextInt(8)));
            for (ProgramOp op : program.threads().get(thread)) {
                if (random.nextInt(3) == 0) {
                    spin(random.nextInt(MOST_SPINS));
                }
                switch (op.what()) {
                    case AWAIT -> awaited = nodes.get(op.node());
                    case HOLD -> hold(nodes.get(op.node()), paused);
                    case PAUSE -> nodes.get(op.node()).pause(random.nextInt(MOST_SPINS));
                    default -> ops.perform(op);
                }
            }
            release(paused);
        } finally {
            done.incrementAndGet();
        }
        if (thread == 0) {
            until(() -> done.get() == program.threads().size());
            cancels.checkThatTheyArrived();
            end();
        } else if (awaited != null && awaited.deferred() != null) {
            await(awaited);
        }
    }

    private SplittableRandom splitDelays() {
        synchronized (delays) {
            return delays.split();
        }
    }

    private void await(ProgramNode awaited) {
        try {
            awaited.checkSeen(awaited.deferred().await());
        } catch (Exception e) {
            awaited.checkSeen(new Failure(e));
        }
    }

    private static void hold(ProgramNode node, Queue<ProgramNode> paused) {
        if (node.deferred() != null) {
            node.deferred().pause();
            paused.add(node);
        }
    }

    void holdToTheEnd(ProgramNode node) {
        hold(node, held);
    }

    private static void release(Queue<ProgramNode> paused) {
        for (ProgramNode node = paused.poll(); node != null; node = paused.poll()) {
            node.deferred().unpause();
        }
    }

    void cancelled(int node, long due) {
        cancels.add(me(), node, due);
    }

    // ---- the end

    private void end() {
        release(held);
        nodes.forEach(ProgramNode::fireInTheEnd);
        queue.serveAll();
        release(held);
        if (facts.othersRunInTheEnd()) {
            until(() -> {
                release(held);
                return nodes.stream().allMatch(ProgramRun::isAtRest);
            });
        }
    }

    private static boolean isAtRest(ProgramNode node) {
        Deferred<Object> deferred = node.deferred();
        return deferred == null
                || (deferred.outcome().isPresent() && !deferred.paused() && !(deferred.state() instanceof Parked));
    }

    @Override
    void check() {
        for (ProgramNode node : nodes) {
            if (node.deferred() != null) {
                checkAtRest(node);
                new ProgramLaws(facts, node).check();
                cancels.check(node);
            }
        }
        lock.check();
        semaphore.check();
        queue.check(nodes.stream().noneMatch(node -> facts.isFiredByHand(node.id())));
        expect(clock.delayedCalls().isEmpty(), clock.delayedCalls(), "is armed although all time-outs have passed");
        reports.check(nodes, facts.hasBodies());
        nodes.forEach(cancels::checkThatNoneIsLeft);
    }

    private void checkAtRest(ProgramNode node) {
        Deferred<Object> deferred = node.deferred();
        expect(deferred.called(), node, "has not fired");
        expect(!deferred.paused(), node, "is paused in the end");
        expect(deferred.runner() == null, node, "is run by somebody in the end");
        expect(deferred.waitingFor().isEmpty(), node, "waits in the end");
        expect(deferred.outcome().isPresent(), node, "has no outcome in the end");
        expect(!(deferred.state() instanceof Parked), node, "has callbacks in the end that nobody runs");
    }

    /** Throws unless the condition holds; the text that is thrown is made only then. */
    static void expect(boolean condition, Object of, String otherwise) {
        if (!condition) {
            throw new AssertionError(of + " " + otherwise);
        }
    }
}
