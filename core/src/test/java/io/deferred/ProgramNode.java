// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import io.deferred.ProgramOp.Sides;
import io.deferred.RandomProgram.Kind;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A Deferred of a random program, what was done to it, and what its callbacks have seen. */
final class ProgramNode {
    private static final VarHandle INTS = MethodHandles.arrayElementVarHandle(int[].class);

    // immutable
    private final ProgramRun run;
    private final int id;
    private final Kind kind;
    private final boolean countsBegun;
    private final ProgramTally tally;

    /** Written once, by the thread that makes it. */
    private volatile @Nullable Deferred<Object> deferred;

    /** What is to be fired so that it has its result: itself, or the one that it waits for from the beginning. */
    private @Nullable Deferred<Object> end;

    // plain, on purpose: written by the callbacks of this Deferred alone
    private final List<ProgramStep> ran = new ArrayList<>(8);
    private final int[] mustFollow;
    private @Nullable ProgramStep running;
    private int callbacks;

    // plain, written by the callbacks' own thread, by the one who cancels, and by the one who comes late
    private int cancellerRan;
    private @Nullable ProgramError thrownByCanceller;
    private int late;

    // each place written by one thread
    private final List<List<ProgramStep>> added = new ArrayList<>();
    private final int[] addedForCertain;

    /** How many callbacks have begun; counted only where pauses are looked at, because counting orders the threads. */
    private final AtomicInteger begun = new AtomicInteger();

    /** Those that are reserved and that its callbacks have returned, or are about to; a bit each. */
    private final AtomicLong returned = new AtomicLong();

    ProgramNode(ProgramRun run, int id, RandomProgram.Made made, boolean isPaused) {
        int threads = run.numbers();
        this.run = run;
        this.id = id;
        this.kind = made.kind();
        this.countsBegun = isPaused;
        this.tally = new ProgramTally(threads);
        this.mustFollow = new int[threads];
        this.addedForCertain = new int[threads];
        for (int i = 0; i < threads; i++) {
            added.add(new ArrayList<>(4));
        }
        build();
        if (made.watched()) {
            add(Sides.BOTH, (node, given) -> given);
        }
    }

    private void build() {
        switch (kind) {
            case DERIVED, ABSENT -> {
                return;
            }
            case WITH_LATE_HANDLER -> end = new Deferred<>().onLateResult(value -> late++);
            case CANCELLER_DOES_NOTHING, CANCELLER_FIRES, CANCELLER_THROWS, RESERVED_WITH_CANCELLER ->
                end = new Deferred<>(this::cancelled);
            case SUCCEEDED -> {
                ProgramValue value = run.value(this);
                tally.accepted(run.me(), value);
                end = Deferred.succeed(value);
            }
            case FAILED -> {
                Failure failure = new Failure(run.error(this));
                tally.accepted(run.me(), failure);
                end = Deferred.fail(failure);
            }
            default -> end = new Deferred<>();
        }
        deferred = kind == Kind.RESERVED_BEHIND
                ? Deferred.<Object>succeed(run.value(this)).chainCallback(ignored -> end)
                : end;
    }

    private void cancelled(Deferred<Object> self) throws ProgramError {
        cancellerRan++;
        if (self != deferred) {
            problem("the canceller of " + id + " was given " + self);
        }
        if (kind == Kind.CANCELLER_FIRES) {
            fire(false);
        } else if (kind == Kind.CANCELLER_THROWS) {
            thrownByCanceller = run.error(this);
            throw thrownByCanceller;
        }
    }

    /** The Deferred has been made, by this thread. */
    void publish(Deferred<Object> made) {
        end = made;
        deferred = made;
    }

    // ---- what the threads do

    void fire(boolean fails) {
        Deferred<Object> target = deferred;
        if (target != null) {
            fire(target, fails ? new Failure(run.error(this)) : run.value(this));
        }
    }

    /** Fires what is unfired when all threads are done, unless others have to do it. */
    void fireInTheEnd() {
        if (kind != Kind.DERIVED && end != null && !end.called()) {
            fire(end, id % 3 == 1 ? new Failure(run.error(this)) : run.value(this));
        }
    }

    private void fire(Deferred<Object> target, Object result) {
        int by = run.me();
        try {
            if (result instanceof Failure failure) {
                target.errback(failure);
            } else {
                target.callback(result);
            }
            tally.accepted(by, result);
        } catch (AlreadyCalledException e) {
            tally.refused(by);
        }
    }

    void add(Sides sides, ProgramStep.Work work) {
        Deferred<Object> target = deferred;
        if (target != null) {
            addTo(target, sides, work);
        }
    }

    /** The same for one that is not published yet. */
    void addTo(Deferred<Object> target, Sides sides, ProgramStep.Work work) {
        int by = run.me();
        List<ProgramStep> mine = added.get(by);
        int number = mine.size() + 1;
        int[] after = new int[addedForCertain.length];
        for (int i = 0; i < after.length; i++) {
            after[i] = i == by ? number : (int) INTS.getAcquire(addedForCertain, i);
        }
        ProgramStep step = new ProgramStep(this, sides, work, by, number, after);
        mine.add(step);
        step.addTo(target);
        if (addedForCertain[by] < number) { // else a callback that ran within this has added more
            INTS.setRelease(addedForCertain, by, number);
        }
    }

    void cancel() {
        Deferred<Object> target = deferred;
        if (target == null) {
            return;
        }
        boolean isMine = target.runner() == Thread.currentThread();
        long due = returned.get();
        Cancellation answer = target.cancel();
        tally.cancelled(run.me(), answer);
        if (!isMine) {
            run.cancelled(id, due);
        }
        if (kind.isSimple() && !(kind.hasCanceller() && answer == Cancellation.NOTHING_TO_STOP) && !target.called()) {
            problem("Deferred " + id + " is unfired after a cancel that answered " + answer);
        }
    }

    /** Pauses it for a moment. */
    void pause(int spins) {
        Deferred<Object> target = deferred;
        if (target == null) {
            return;
        }
        target.pause();
        int before = begun.get();
        StressCrew.Round.spin(spins);
        int after = begun.get();
        target.unpause();
        if (after > before + 1) { // one may have been about to begin
            problem((after - before) + " callbacks of Deferred " + id + " began while it was paused");
        }
    }

    /** One of its callbacks is about to return that one, which is reserved for it. */
    void returns(ProgramNode reserved) {
        returned.set(returned.get() | reserved.bit());
    }

    // ---- what its callbacks see

    /** Returns how many were before. */
    int enter(ProgramStep step, @Nullable Object given) {
        if (running != null) {
            problem(step + " began while " + running + " ran");
        }
        running = step;
        if (step.number <= mustFollow[step.by]) {
            problem(step + " ran after one that was added later");
        }
        for (int i = 0; i < mustFollow.length; i++) {
            mustFollow[i] = Math.max(mustFollow[i], step.after(i));
        }
        if (countsBegun) {
            begun.incrementAndGet();
        }
        checkSeen(given);
        ran.add(step);
        callbacks++;
        return callbacks - 1;
    }

    void leave(ProgramStep step) {
        if (running != step) {
            problem(running + " runs at the end of " + step);
        }
        running = null;
    }

    /** To be called by whoever is given a result. */
    void checkSeen(@Nullable Object given) {
        ProgramMark mark = null;
        if (given instanceof ProgramValue value) {
            mark = value.mark();
        } else if (given instanceof Failure failure && failure.exception() instanceof ProgramError error) {
            mark = error.mark();
        }
        if (mark != null && !mark.isSeen()) {
            problem("what was written before " + given + " is not seen by one of Deferred " + id);
        }
    }

    int callbacksSoFar() {
        return callbacks;
    }

    void problem(String text) {
        run.problem(text);
    }

    // ---- for the laws

    int id() {
        return id;
    }

    long bit() {
        return 1L << id;
    }

    Kind kind() {
        return kind;
    }

    /** Null if it has not been made. */
    @Nullable
    Deferred<Object> deferred() {
        return deferred;
    }

    /** Whether it is there, and has been fired by what it is to be fired by. */
    boolean hasEnded() {
        return end != null && end.called();
    }

    long returned() {
        return returned.get();
    }

    ProgramTally tally() {
        return tally;
    }

    /** The callbacks that ran, in this order. */
    List<ProgramStep> ran() {
        return ran;
    }

    /** The callbacks that each thread has added, in this order. */
    List<List<ProgramStep>> added() {
        return added;
    }

    int cancellerRan() {
        return cancellerRan;
    }

    @Nullable
    ProgramError thrownByCanceller() {
        return thrownByCanceller;
    }

    /** How many values came late, and were given to the handler of such. */
    int late() {
        return late;
    }

    /** The result with which it has come to rest, as users see it. */
    @Nullable
    Object result() {
        Deferred<Object> ended = deferred;
        return ended == null
                ? null
                : Masked.unmask(Adapters.slot(ended.outcome().orElseThrow()));
    }

    @Override
    public String toString() {
        return "Deferred " + id + " (" + deferred + ")";
    }
}
