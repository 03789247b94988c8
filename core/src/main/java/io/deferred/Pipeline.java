// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The state machine under {@link Deferred}: a queue of stages, one result, and one slot that says who owns both. Results here are in the form of
 * {@link Masked#mask}; what users see is made in {@link Deferred}.
 */
abstract sealed class Pipeline permits Deferred {
    /*
     * State
     *
     * Unfired    null                     empty
     *            ONE                      one stage, in left and right
     *            Stage -> .. -> ONE       and more, the newest on top
     * Running    Thread                   that thread owns result and queue, both in its locals
     *            Stage -> .. -> Thread    and these were added since, cancels among them
     * Waiting    Deferred                 for that one; the rest of the queue in left, and in right its last stage if known
     *            Stage -> .. -> Deferred  and these were added since
     *            Link, Stage -> .. -> Link   the same, at the end of a long row (see Link)
     * Left out   LeftOut                  waits in the middle of such a row
     * Parked     Parked                   fired, not running, with a queue or a pause: holds both result and queue
     * At rest    anything else            the result itself (Masked for null and what looks like a state)
     * Changing   BUSY                     for a few instructions: a first stage is being written, or a cancel fires
     * Inflated   Side                     for ever: the state, any of the above, is in Side.state
     *
     *   null -add-> BUSY -> ONE -add-> Stage..ONE            (add; CAS, then release)
     *   null -fire-> result                                  (fire; one CAS and no run where there is nothing to do)
     *   unfired -fire-> Thread                               (claim)
     *   unfired -cancel without canceller-> BUSY -> Thread   (cancelUnfired: the swallow flag is set in between)
     *   Thread -> result | Deferred | Parked                 (drain: CAS; fails when a stage was added, which is then taken first)
     *   Stage..Thread -> Thread                              (takeAdded)
     *   Stage..Deferred -> Thread                            (resumeFrom, by the owner of what it waits for)
     *   result, Parked -> Thread                             (add, unpause, and a run that comes back)
     *   result, Parked -> Parked                             (addToHeld: one stage more)
     *   result -> Taken                                      (take, by one that would have waited for it)
     *   result -> NIL                                        (takeForThread, by a thread that awaits it)
     *   Thread, Deferred -> LeftOut; Deferred -> Link        (Row.leaveOut, by the owner of what they wait for)
     *   Deferred -> Thread                                   (by the one whose wait closed a circle, which nobody else can resume)
     *   LeftOut -> Deferred                                  (Link.putBack), LeftOut -> Taken (settle)
     *
     * Invariants
     * I1 Only the thread in the slot runs callbacks, writes left and right of a fired pipeline, and replaces Thread by anything but
     *    a Stage on top of itself. So callbacks run one at a time.
     * I2 A waiting pipeline has exactly one stage in the queue of the one it waits for (or of Link.inner); who takes that stage out has the
     *    only right to resume it, and to touch its left until then.
     * I3 Stages go on top by CAS, are taken off all at once by CAS, and are reversed only then: callbacks run in the order of their adding.
     * I4 Whoever makes a pipeline Running runs what it finds in the queue and does not let go before it is empty, waits or is paused; and who
     *    parks it because of a pause looks at the pauses once more afterwards. So no callback is stranded.
     * I5 A state that is seen unchanged was unchanged: no Stage, Parked, Link or LeftOut is ever put into a slot twice, and a result, once
     *    left, comes back only through Running.
     *
     * Why it is safe: every change of hands is a CAS with volatile effect, so the plain fields and all that callbacks write are
     * ordered by the slot from owner to owner.
     *
     * Accepted races: Stage.bottom may walk stages that their new owner is reversing; the answer is then discarded because the slot
     * has changed (bottomOf), or the CAS that would use it fails. Of threads that stop in the middle of a change, by a StackOverflowError or
     * OutOfMemoryError in these very frames, nothing is promised for the pipeline concerned; the error itself reaches the caller.
     *
     * Differences from Twisted: pauses are counted apart from waiting; a run goes on below a waiter that is paused; rows are shortened.
     */
    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Pipeline.class, "state", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    // shared: CAS through cas(); see State above
    private volatile @Nullable Object state;

    // confined to the owner, or to the one thread with the right to resume (I1, I2)
    private @Nullable Object left;
    private @Nullable Object right;

    Pipeline() {}

    Pipeline(Canceller<?> canceller) {
        initialState(new Side(canceller));
    }

    Pipeline(Object result) {
        initialState(result);
        noteEnd(result);
    }

    /** Ordered before the publication of this object, even by a data race, without the price of a volatile write. */
    private void initialState(Object initial) {
        STATE.set(this, initial);
        VarHandle.storeStoreFence();
    }

    // ---- the slot

    final @Nullable Object state() {
        Object s = state;
        return s instanceof Token ? settle(s) : s;
    }

    private @Nullable Object settle(Object slot) {
        Object s = slot instanceof Side side ? side.state : slot;
        if (s instanceof LeftOut mark && mark.link().innerFor(this, mark) == null) {
            cas(mark, Taken.UNLABELLED);
            return state();
        }
        return s;
    }

    final boolean cas(@Nullable Object expected, @Nullable Object update) {
        return STATE.compareAndSet(this, expected, update)
                || (state instanceof Side side && side.casState(expected, update));
    }

    /** Ends BUSY. Nobody inflates a busy pipeline, so this is no race. */
    private void publish(Object next) {
        if (state instanceof Side side) {
            side.state = next;
        } else {
            STATE.setRelease(this, next);
        }
    }

    final Side side() {
        for (; ; ) {
            Object s = state;
            if (s instanceof Side side) {
                return side;
            }
            if (s == Mark.BUSY) {
                Busy.yieldToOwner();
                continue;
            }
            Side made = new Side(s);
            if (STATE.compareAndSet(this, s, made)) {
                return made;
            }
        }
    }

    final @Nullable Side sideIfAny() {
        return state instanceof Side side ? side : null;
    }

    private @Nullable Extras extrasIfAny() {
        return state instanceof Side side ? side.extrasIfAny() : null;
    }

    private boolean isHeld() {
        return state instanceof Side side && side.pauses() > 0;
    }

    private static boolean isResult(@Nullable Object s) {
        return s != null && !(s instanceof Token) && !(s instanceof Deferred) && !(s instanceof Thread);
    }

    private static boolean isUnfired(@Nullable Object bottom) {
        return bottom == null || bottom == Mark.ONE;
    }

    /** The state below the stages, as it was at one instant. */
    private @Nullable Object bottomOf() {
        for (; ; ) {
            Object s = state();
            Object bottom = Stage.bottom(s);
            if (bottom != Mark.BUSY && (!(s instanceof Stage) || state() == s)) {
                return bottom;
            }
            Busy.yieldToOwner();
        }
    }

    // ---- firing

    /**
     * Fires with this result, or does nothing and returns false if it was fired before.
     */
    final boolean fire(Object result) {
        if (STATE.compareAndSet(this, null, result)) {
            noteEnd(result);
            return true;
        }
        Thread me = Thread.currentThread();
        Object before = claim(me);
        if (before == null) {
            return false;
        }
        start(before, me, result);
        return true;
    }

    /** Makes this thread the owner of an unfired pipeline. Returns the state it had, EMPTY for none; null when it was fired before. */
    private @Nullable Object claim(Thread me) {
        for (; ; ) {
            Object s = state();
            if (s == Mark.BUSY) {
                Busy.yieldToOwner();
            } else if (!isUnfired(Stage.bottom(s))) {
                return null;
            } else if (cas(s, me)) {
                fired();
                return s == null ? Mark.EMPTY : s;
            }
        }
    }

    /** Fires it, and makes it wait for the successor before anything else; false if it was fired before. */
    private boolean fireInto(GoOnWith<?> operation, Deferred<?> successor) {
        Thread me = Thread.currentThread();
        Object before = claim(me);
        if (before == null) {
            return false;
        }
        operation.passOn(); // not by the first callback, which a pause would hold back
        Callback<@Nullable Object, @Nullable Object> first = ignored -> successor;
        Stage queue = null;
        if (before != Mark.EMPTY) {
            queue = new Stage(left, right, Stage.inOrder(before));
            left = null;
            right = null;
        }
        drain((Deferred<?>) this, me, Masked.NIL, true, first, null, queue, false);
        return true;
    }

    private void fired() {
        if (state instanceof Side side) {
            side.dropCanceller();
        }
    }

    private void start(Object before, Thread me, Object result) {
        if (before == Mark.EMPTY) {
            drain((Deferred<?>) this, me, result, false, null, null, null, false);
            return;
        }
        Object onValue = left;
        Object onFailure = right;
        left = null;
        right = null;
        drain((Deferred<?>) this, me, result, true, onValue, onFailure, Stage.inOrder(before), false);
    }

    /** What is known only now: the pipeline has come to rest with this result. */
    private void noteEnd(Object result) {
        if (result instanceof Failure failure) {
            UnhandledFailures.ended(this, failure);
        }
    }

    // ---- adding

    /** Adds a stage, and runs it now if the pipeline is at rest. The two sides are as {@link Stage} says. */
    final void add(@Nullable Object onValue, @Nullable Object onFailure) {
        for (; ; ) {
            Object s = state();
            if (s == null) {
                if (cas(null, Mark.BUSY)) {
                    left = onValue;
                    right = onFailure;
                    publish(Mark.ONE);
                    return;
                }
            } else if (s == Mark.BUSY) {
                Busy.yieldToOwner();
            } else if (s instanceof LeftOut mark) {
                putBack(mark);
            } else if (s instanceof Parked || isResult(s)) {
                if (addToFired(s, onValue, onFailure)) {
                    return;
                }
            } else if (cas(s, new Stage(onValue, onFailure, s))) {
                return;
            }
        }
    }

    private boolean addToFired(Object s, @Nullable Object onValue, @Nullable Object onFailure) {
        Thread me = Thread.currentThread();
        boolean failed = s instanceof Failure;
        if (!(s instanceof Parked) && (failed ? onFailure : onValue) == null && !(onValue instanceof Deferred)) {
            return true; // the result passes: nothing to do, and nothing to own
        }
        if (isHeld()) {
            if (!addToHeld(s, onValue, onFailure)) {
                return false;
            }
            wake(me);
            return true;
        }
        if (s instanceof Parked parked) {
            if (!takeUp(parked, me)) {
                return false;
            }
            Parked longer = parked.with(onValue, onFailure);
            drain((Deferred<?>) this, me, longer.result, false, null, null, longer.takeQueue(), longer.ended);
            return true;
        }
        if (!cas(s, me)) {
            return false;
        }
        if (failed) {
            handled();
        }
        HopStage hop = hopHome();
        if (hop == null) {
            drain((Deferred<?>) this, me, s, true, onValue, onFailure, null, failed);
        } else {
            drain((Deferred<?>) this, me, s, true, hop, hop, new Stage(onValue, onFailure, null), failed);
        }
        return true;
    }

    /** What is to come before a stage that is added at rest; null unless {@link Deferred#continueOn} holds. */
    private @Nullable HopStage hopHome() {
        Extras extras = extrasIfAny();
        Executor home = extras == null ? null : extras.home;
        return home == null ? null : new HopStage(this, home);
    }

    /** Where it goes on from now until it waits; null for wherever it is. For the owner. */
    final void setHome(@Nullable Executor executor) {
        Extras extras = executor == null ? extrasIfAny() : side().extras();
        if (extras != null) {
            extras.home = executor;
        }
    }

    /** Adds a stage to one that is held, without running it. */
    private boolean addToHeld(Object s, @Nullable Object onValue, @Nullable Object onFailure) {
        Parked parked = s instanceof Parked held ? held : new Parked(s, null, true);
        return cas(s, parked.with(onValue, onFailure));
    }

    /** Runs what was parked because of a pause, if there is no pause any more. */
    private void wake(Thread me) {
        Parked freed = takeFreed(me);
        if (freed != null) {
            drain((Deferred<?>) this, me, freed.result, false, null, null, freed.takeQueue(), freed.ended);
        }
    }

    /** From parked to running. */
    private boolean takeUp(Parked parked, Thread me) {
        if (!cas(parked, me)) {
            return false;
        }
        if (parked.ended && !isHeld()) {
            handled();
        }
        return true;
    }

    private void putBack(LeftOut mark) {
        mark.link().putBack(this, mark);
    }

    /** Puts it back into its row if it is paused. */
    final void putBackIfHeld() {
        if (isHeld() && state() instanceof LeftOut mark) {
            putBack(mark);
        }
    }

    /** Someone has taken the failure in hand: the watch on it ends. */
    private void handled() {
        if (state instanceof Side side) {
            Extras extras = side.extrasIfAny();
            if (extras != null && extras.watch != null) {
                extras.watch.handled();
            }
        }
    }

    // ---- running

    /**
     * Runs a pipeline that this thread owns until it is empty, waits or is paused, and with it those that its results make runnable: in a loop, never
     * by recursion. With {@code loaded}, the stage to begin with is in {@code onValue} and {@code onFailure}.
     *
     * @param ended whether the result is one with which an earlier run had come to its end
     */
    private static void drain(
            Deferred<?> start,
            Thread me,
            Object startResult,
            boolean loaded,
            @Nullable Object onValue,
            @Nullable Object onFailure,
            @Nullable Stage startQueue,
            boolean ended) {
        Pipeline d = start;
        Object result = startResult;
        Stage queue = startQueue;
        Stage tail = null; // the last stage of the queue, or null if that is not known
        boolean fresh = true; // nothing has run since d was taken up
        boolean mine = true;
        Frame back = null;
        for (; ; ) {
            if (!mine) {
                if (back == null) {
                    return;
                }
                Frame frame = back;
                back = frame.next();
                Pipeline resumed = frame.pipeline();
                if (frame.result() != null) {
                    result = frame.result();
                    queue = frame.queue();
                    tail = null;
                    fresh = false;
                } else if (resumed.state() instanceof Parked parked && resumed.takeUp(parked, me)) {
                    result = parked.result;
                    queue = parked.takeQueue();
                    tail = null;
                    ended = parked.ended;
                    fresh = true;
                } else {
                    continue; // somebody else has gone on with it
                }
                d = resumed;
                mine = true;
            }
            if (d.state != me && d.isHeld() && (fresh || loaded || queue != null)) {
                if (loaded) {
                    queue = new Stage(onValue, onFailure, queue);
                    loaded = false;
                }
                Parked parked = d.parkUnlessFree(me, result, queue, ended && fresh);
                mine = parked != null;
                queue = parked == null ? null : parked.takeQueue();
                tail = null;
                continue;
            }
            if (!loaded) {
                if (queue == null) {
                    List<CancelRequest> cancels = d.takeCancels();
                    if (d.cas(me, result)) {
                        d.noteEnd(result);
                        CancelRequest.sendOthers(cancels, d, null);
                        mine = false;
                    } else {
                        d.rememberCancels(cancels);
                        queue = d.takeAdded(me);
                        tail = null;
                    }
                    continue;
                }
                onValue = queue.onValue;
                onFailure = queue.onFailure;
                queue = queue.next();
            }
            loaded = false;
            fresh = false;

            if (onValue instanceof Deferred<?> other) {
                if (onFailure instanceof Integer) {
                    Pipeline waiter = ((Pipeline) other).successorOf(d);
                    if (waiter == null || !waiter.resumeFrom(d, me)) {
                        continue; // it was failed because of a circle, and waits no more
                    }
                    Object given = result instanceof Taken taken ? Taken.again(d, taken, waiter) : result;
                    result = Taken.by(waiter);
                    // Others may go on with d while the waiter runs: in Twisted it is not running either.
                    List<CancelRequest> cancels = d.takeCancels();
                    while (!d.cas(me, queue == null ? result : new Parked(result, queue, false))) {
                        queue = Stage.append(queue, d.takeAdded(me));
                        cancels = CancelRequest.both(cancels, d.takeCancels());
                    }
                    if (queue != null) {
                        back = new Frame(d, null, null, back);
                    }
                    CancelRequest.sendOthers(cancels, d, waiter);
                    d = waiter;
                    result = given;
                    queue = waiter.takeLeft();
                    tail = waiter.takeTail();
                } else if (onFailure == Mark.STRUCK) {
                    continue;
                } else {
                    Object passed = Taken.asGiven(result);
                    if (onFailure == Mark.FORWARD) {
                        result = Masked.NIL;
                    }
                    if (STATE.compareAndSet(other, null, passed)) {
                        ((Pipeline) other).noteEnd(passed);
                        continue;
                    }
                    Object before = ((Pipeline) other).claim(me);
                    if (before == null) {
                        if (onFailure == Mark.FORWARD && !other.swallows(passed)) {
                            result = new Failure(other.alreadyCalled(passed));
                        }
                        continue;
                    }
                    back = new Frame(d, result, queue, back);
                    d = other;
                    result = passed;
                    queue = null;
                    tail = null;
                    if (before != Mark.EMPTY) {
                        loaded = true;
                        onValue = d.left;
                        onFailure = d.right;
                        d.left = null;
                        d.right = null;
                        queue = Stage.inOrder(before);
                    }
                }
                fresh = true;
                ended = false;
                continue;
            }

            Object function = result instanceof Failure ? onFailure : onValue;
            if (function == null) {
                continue;
            }
            Object returned;
            try {
                returned = callbackOf(function).call(Masked.as(Masked.unmask(result)));
            } catch (Throwable t) {
                result = Failure.caught(t, result, d);
                continue;
            }
            if (!(returned instanceof Deferred<?> inner)) {
                result = Masked.mask(returned);
                continue;
            }

            if (function instanceof Loop) {
                Stage first = new Stage(function, null, queue);
                tail = queue == null ? first : tail;
                queue = first;
            }
            // d waits for inner, unless inner has a result to give now
            for (; ; ) {
                Object taken = ((Pipeline) inner).take(d);
                if (taken != null) {
                    result = taken;
                    break;
                }
                List<CancelRequest> cancels;
                Pipeline waiter = d;
                if (!(function instanceof HopStage)) {
                    d.setHome(null);
                }
                int inRow = Row.lengthAbove(queue);
                Pipeline top = inRow >= Link.LIMIT ? Row.leaveOut(d, me, queue, inner) : null;
                if (top == null) {
                    cancels = d.beginToWait(me, inner, queue, tail);
                    queue = (Stage) d.left; // nobody can resume it before it has added itself to the other's stages
                } else {
                    cancels = d.takeCancels();
                    waiter = top;
                    inRow = 0;
                }
                Object added = ((Pipeline) inner).addWaiter((Deferred<?>) waiter, inRow, me);
                if (added == Mark.RETRY) {
                    d = Objects.requireNonNull(waiter.successorOf(inner));
                    d.resumeFrom(inner, me);
                    queue = d.takeLeft();
                    tail = d.takeTail();
                    d.rememberCancels(cancels);
                    continue;
                }
                mine = false;
                if (added instanceof Parked freed) {
                    back = new Frame(inner, freed.result, freed.takeQueue(), back);
                } else if (Circle.isClosedBy(waiter, inner, queue, top != null)) {
                    Pipeline failed = waiter.successorOf(inner);
                    if (failed != null && failed.resumeFrom(inner, me)) {
                        if (added instanceof Stage stage) {
                            stage.strike();
                        }
                        result = Circle.failure(failed, inner);
                        d = failed;
                        queue = d.takeLeft();
                        tail = d.takeTail();
                        mine = true;
                    }
                }
                CancelRequest.sendAll(cancels);
                break;
            }
            if (function instanceof HopStage stage && !mine) {
                stage.depart(start); // calls the executor, which a user has written; not before d waits, as Hop says
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static Callback<@Nullable Object, @Nullable Object> callbackOf(Object function) {
        return (Callback<@Nullable Object, @Nullable Object>) function;
    }

    /** The stages added since this thread has run the pipeline, oldest first; a cancel among them is remembered. */
    private @Nullable Stage takeAdded(Thread me) {
        for (; ; ) {
            Object s = state();
            if (!(s instanceof Stage)) {
                return null;
            }
            if (cas(s, me)) {
                rememberCancels(Stage.cancels(s));
                return Stage.inOrder(s);
            }
        }
    }

    /** From running to parked. A cancel that met the run waits there for the next one. */
    private Parked park(Thread me, Object result, @Nullable Stage queue, boolean ended) {
        Stage all = queue;
        for (; ; ) {
            Parked parked = new Parked(result, all, ended);
            if (cas(me, parked)) {
                return parked;
            }
            all = Stage.append(all, takeAdded(me));
        }
    }

    /** Parks it because of a pause, and takes it up again if that is over: what was parked then; null if it stays. */
    private @Nullable Parked parkUnlessFree(Thread me, Object result, @Nullable Stage queue, boolean ended) {
        Parked parked = park(me, result, queue, ended);
        return !isHeld() && takeUp(parked, me) ? parked : null;
    }

    // ---- waiting

    /** The result, if it is at rest with one, for a thread that awaits it: callbacks see null from here on. Null if there is nothing to take. */
    final @Nullable Object takeForThread() {
        for (; ; ) {
            Object s = state();
            if (s == null || !isResult(s) || isHeld()) {
                return null;
            }
            if (cas(s, Masked.NIL)) {
                handled();
                return Taken.asGiven(s);
            }
        }
    }

    /** The result, if it is at rest with one: it is then the taker's, and null from here on. Null if there is nothing to take. */
    private @Nullable Object take(Pipeline taker) {
        for (; ; ) {
            Object s = state();
            if (s == null || !isResult(s) || isHeld()) {
                return null;
            }
            if (s instanceof Taken first) {
                return Taken.again(this, first, taker);
            }
            if (cas(s, Taken.by(taker))) {
                handled();
                return s;
            }
        }
    }

    /**
     * From running to waiting. The whole queue, with what was added since, is in left, and belongs to the resumer from now on.
     *
     * @return the cancels that met the run: they are for the one that is waited for
     */
    private @Nullable List<CancelRequest> beginToWait(
            Thread me, Pipeline inner, @Nullable Stage queue, @Nullable Stage tail) {
        left = queue;
        right = queue == null ? null : tail;
        List<CancelRequest> cancels = takeCancels();
        while (!cas(me, inner)) {
            appendToLeft(takeAdded(me));
            cancels = CancelRequest.both(cancels, takeCancels());
        }
        return cancels;
    }

    /** Puts what was added behind the rest of the queue, and its last stage into right, so that the next time need not look for it. For the one with the right to resume. */
    private void appendToLeft(@Nullable Stage added) {
        if (added == null) {
            return;
        }
        if (left instanceof Stage queue) {
            Stage last = right instanceof Stage known ? known : queue.last();
            last.follow(added);
        } else {
            left = added;
        }
        right = added.last();
    }

    /** The rest of the queue that it had when it began to wait, and what was added since. For the resumer. */
    private @Nullable Stage takeLeft() {
        Stage queue = (Stage) left;
        left = null;
        return queue;
    }

    /** The last stage of that, or null if it is not known. */
    private @Nullable Stage takeTail() {
        Stage tail = right instanceof Stage known ? known : null;
        right = null;
        return tail;
    }

    /**
     * Adds a waiter.
     *
     * @return the Stage that was added, or null if it is the first; RETRY when there is a result to take instead; what was parked, with the waiter in its queue and
     *     owned by the caller now, when nobody was running it
     */
    private @Nullable Object addWaiter(Deferred<?> waiter, int inRow, Thread me) {
        for (; ; ) {
            Object s = state();
            if (s == null) {
                if (cas(null, Mark.BUSY)) {
                    left = waiter;
                    right = inRow;
                    publish(Mark.ONE);
                    return null;
                }
            } else if (s == Mark.BUSY) {
                Busy.yieldToOwner();
            } else if (s instanceof LeftOut mark) {
                putBack(mark);
            } else if (s instanceof Parked || isResult(s)) {
                if (!(s instanceof Parked) && !isHeld()) {
                    return Mark.RETRY;
                }
                if (addToHeld(s, waiter, inRow)) {
                    return takeFreed(me);
                }
            } else {
                Stage stage = new Stage(waiter, inRow, s);
                if (cas(s, stage)) {
                    return stage;
                }
            }
        }
    }

    /** What is parked although nothing holds it, owned by the caller now; null if there is nothing like that. */
    private @Nullable Parked takeFreed(Thread me) {
        while (!isHeld() && state() instanceof Parked parked) {
            if (takeUp(parked, me)) {
                return parked;
            }
        }
        return null;
    }

    /** Whom the giver gives its result to when it meets this one among its stages: null if this one waits for it no more. */
    private @Nullable Pipeline successorOf(Pipeline giver) {
        Object bottom = bottomOf();
        if (bottom instanceof Link link) {
            return link.inner() == giver ? link.unfold(this, giver) : null;
        }
        return bottom == giver ? this : null;
    }

    /** From waiting to running; false if it does not wait for this giver. */
    private boolean resumeFrom(Pipeline giver, Thread me) {
        for (; ; ) {
            Object s = state();
            if (Stage.bottom(s) != giver) {
                return false;
            }
            if (cas(s, me)) {
                appendToLeft(Stage.inOrder(s));
                return true;
            }
        }
    }

    /** Changes whom it shows to wait for. Only for the one with the right to resume it. */
    final void waitInsteadFor(Object next) {
        for (; ; ) {
            Object s = state();
            if (cas(s, next)) {
                appendToLeft(Stage.inOrder(s));
                return;
            }
        }
    }

    /** Makes passing the result to that waiter the first of what is left to do. Only for the one with the right to resume it. */
    final void passTo(Pipeline waiter) {
        left = new Stage(waiter, 0, null);
        right = left;
    }

    /**
     * Takes a waiting pipeline that has nothing to do but to pass its result on out of its row.
     *
     * @return its one stage; null if it is not like that, and stays
     */
    final @Nullable Stage leaveOut(Pipeline shown, LeftOut mark) {
        if (state() != shown || isHeld() || !(left instanceof Stage only) || Row.lengthAbove(only) == 0) {
            return null;
        }
        if (!cas(shown, mark)) {
            return null;
        }
        left = null;
        right = null;
        return only;
    }

    /** The same for the last of them, which this thread is running. */
    final boolean leaveOutLast(Thread me, LeftOut mark) {
        return !isHeld() && cas(me, mark);
    }

    /** Its link, if it waits at the end of a row that was shortened. */
    final @Nullable Link link() {
        return bottomOf() instanceof Link link ? link : null;
    }

    /** The one it really waits for, whatever it shows; null if it does not wait. */
    final @Nullable Pipeline waitsFor() {
        Object bottom = bottomOf();
        if (bottom instanceof Link link) {
            return link.inner();
        }
        if (bottom instanceof LeftOut mark) {
            return mark.link().innerFor(this, mark);
        }
        return bottom instanceof Deferred<?> inner ? inner : null;
    }

    /** The one that it was made to wait for; null if it does not wait. */
    final @Nullable Pipeline shownWaitingFor() {
        Object bottom = bottomOf();
        if (bottom instanceof Link link) {
            return link.first;
        }
        if (bottom instanceof LeftOut mark) {
            return mark.shownBy(this);
        }
        return bottom instanceof Deferred<?> inner ? inner : null;
    }

    // ---- pausing

    final void addPause() {
        side().addPause(this);
        while (state() instanceof LeftOut mark) {
            putBack(mark);
        }
    }

    final void removePause() {
        if (side().removePause(this)) {
            wake(Thread.currentThread());
        }
    }

    // ---- cancelling

    /**
     * Sends a cancel to whatever this one waits for now.
     *
     * @param delivered whether it had met a run and is sent on from there: then it is meant for the run that it meets now, even if that is on this thread
     * @param by the time-out that cancels, if it is one
     */
    final Cancellation cancelNow(boolean delivered, @Nullable TimeoutCancel by) {
        return cancelFor(this, delivered, by);
    }

    /**
     * The same on behalf of another one, which waits for this one in a way that the slots do not show. Should the cancel meet a run that ends before it waits for anything, it goes back to
     * that one.
     */
    final Cancellation cancelFor(Pipeline origin, boolean delivered, @Nullable TimeoutCancel by) {
        Pipeline d = this;
        Pipeline before = null; // the one that passed the cancel on to d
        for (; ; ) {
            Object bottom = d.bottomOf();
            if (before != null && before.waitsFor() != d) {
                d = this; // d had given its result meanwhile: what it does now is none of this one's business
                before = null;
                continue;
            }
            Cancellation here;
            if (isUnfired(bottom)) {
                here = d.cancelUnfired();
                if (here == null) {
                    continue;
                }
                if (origin != this) {
                    return Cancellation.PASSED_ON; // also if its canceller is at work for another cancel
                }
            } else if (bottom instanceof Thread runner) {
                if (runner == Thread.currentThread() && !delivered) {
                    here = Cancellation.NOTHING_TO_STOP;
                } else if (d.cancelRun(runner, new CancelRequest(origin, by))) {
                    here = Cancellation.PASSED_ON;
                } else {
                    continue;
                }
            } else {
                if (d.passesCancelOn(bottom)) {
                    Pipeline inner = d.waitsFor();
                    if (inner != null) { // else it has just been resumed
                        before = d;
                        d = inner;
                    }
                    continue;
                }
                if (before != null && isResult(bottom)) {
                    Busy.yieldToOwner(); // of the one before, which has begun to wait and is about to find this result
                    d = this;
                    before = null;
                    continue;
                }
                here = Cancellation.NOTHING_TO_STOP;
            }
            return before == null ? here : Cancellation.PASSED_ON;
        }
    }

    /** Whether this state says that it waits, and a cancel is to go on from here. */
    private boolean passesCancelOn(@Nullable Object bottom) {
        return (bottom instanceof Deferred || bottom instanceof Link || bottom instanceof LeftOut)
                && !(state instanceof Side side && side.is(Side.KEEPS_CANCELS));
    }

    /** Null if it has fired meanwhile and must be looked at again. */
    private @Nullable Cancellation cancelUnfired() {
        Side side = side();
        Canceller<?> canceller = side.canceller();
        if (side.is(Side.CANCELLING)) {
            return Cancellation.NOTHING_TO_STOP; // its canceller is at work, and decides
        }
        if (canceller instanceof PassOn<?> passOn) {
            passOn.others().run();
            if (!passOn.othersFire() && !isFired()) {
                fire(new Failure(CancelledException.of(this)));
            }
            return Cancellation.PASSED_ON;
        }
        if (canceller instanceof Withdraw<?> withdraw) {
            if (withdraw.from(this)) {
                fire(new Failure(CancelledException.of(this)));
                return Cancellation.CANCELLER_RAN;
            }
            Busy.yieldToOwner(); // somebody is about to fire it, and a cancel that comes after that is another matter
            return null;
        }
        if (canceller instanceof GoOnWith<?> goOn) {
            return goOnWithSuccessor(goOn) ? Cancellation.PASSED_ON : null;
        }
        if (canceller != null) {
            if (!side.set(Side.CANCELLING)) {
                return Cancellation.NOTHING_TO_STOP;
            }
            runCanceller(canceller);
            return Cancellation.CANCELLER_RAN;
        }
        Object s = state();
        if (s == Mark.BUSY || !isUnfired(Stage.bottom(s)) || !cas(s, Mark.BUSY)) {
            return null;
        }
        // While it is busy nobody can fire it: a late result finds the flag.
        side.set(Side.SWALLOW);
        Thread me = Thread.currentThread();
        publish(me);
        start(s == null ? Mark.EMPTY : s, me, new Failure(CancelledException.of(this)));
        return Cancellation.FAILED;
    }

    private boolean goOnWithSuccessor(GoOnWith<?> operation) {
        Deferred<?> successor = operation.successorOf(this);
        if (successor == null) {
            Busy.yieldToOwner();
            return false;
        }
        return fireInto(operation, successor);
    }

    private void runCanceller(Canceller<?> canceller) {
        Throwable thrown = null;
        try {
            run(canceller);
        } catch (Throwable t) {
            thrown = t;
        }
        if (thrown == null && isFired()) {
            return;
        }
        CancelledException cancelled = CancelledException.of(this);
        if (thrown != null) {
            cancelled.addSuppressed(thrown);
        }
        if (!fire(new Failure(cancelled)) && thrown != null) {
            UnhandledFailures.report(new Failure(thrown), "the canceller of " + describe() + ", which had fired it");
        }
    }

    @SuppressWarnings("unchecked")
    private <T> void run(Canceller<T> canceller) throws Exception {
        canceller.cancel((Deferred<T>) this);
    }

    /** Leaves a cancel with a run; false if that has ended meanwhile and all must be looked at again. */
    private boolean cancelRun(Thread runner, CancelRequest request) {
        request.begin();
        for (; ; ) {
            Object s = state();
            if (Stage.bottom(s) != runner) {
                request.end();
                return false;
            }
            if (s instanceof Stage top && request.equals(top.onFailure)) {
                request.end(); // it stands there already
                return true;
            }
            if (cas(s, new Stage(Mark.CANCEL, request, s))) {
                return true;
            }
        }
    }

    /** Keeps cancels that met the run for what it waits for next. For the owner. */
    final void rememberCancels(@Nullable List<CancelRequest> requests) {
        if (requests != null) {
            Extras extras = side().extras();
            extras.cancels = CancelRequest.both(extras.cancels, requests);
        }
    }

    /** The cancels that were kept, which it now does not have any more. For the owner. */
    private @Nullable List<CancelRequest> takeCancels() {
        Extras extras = extrasIfAny();
        if (extras == null || extras.cancels == null) {
            return null;
        }
        List<CancelRequest> cancels = extras.cancels;
        extras.cancels = null;
        return cancels;
    }

    /** Takes what cancels have been left with the run, for a stage that is to heed them itself; false if there are none. For the owner. */
    final boolean takeCancelRequests() {
        List<CancelRequest> added = Stage.takeCancels(state());
        List<CancelRequest> cancels = CancelRequest.both(takeCancels(), added);
        if (cancels == null) {
            return false;
        }
        cancels.forEach(CancelRequest::end);
        return true;
    }

    /** Takes back what a time-out has left with the run: its stage has come. For the owner. */
    final void withdrawCancel(TimeoutCancel by) {
        Stage.strikeCancels(state(), by);
        List<CancelRequest> cancels = takeCancels();
        if (cancels == null) {
            return;
        }
        for (CancelRequest request : cancels) {
            if (request.by() == by) {
                request.end();
            } else {
                rememberCancels(List.of(request));
            }
        }
    }

    /** Whether its canceller has been called. */
    final boolean isCancelling() {
        return state instanceof Side side && side.is(Side.CANCELLING);
    }

    /** A result that came although it cannot fire this one any more. */
    final void late(Object result) {
        Side side = sideIfAny();
        LateResult.dispose(this, side == null ? null : side.extrasIfAny(), result);
    }

    /** Whether a cancel without canceller has asked for this late result to be taken without a word. */
    final boolean swallows(Object late) {
        if (!(state instanceof Side side) || !side.clear(Side.SWALLOW)) {
            return false;
        }
        late(late);
        return true;
    }

    // ---- reading

    final boolean isFired() {
        return !isUnfired(bottomOf());
    }

    final int pauses() {
        return state instanceof Side side ? side.pauses() : 0;
    }

    /** The thread that runs its callbacks now, if any. */
    final @Nullable Thread runner() {
        return bottomOf() instanceof Thread runner ? runner : null;
    }

    /** Its result, if it is neither unfired nor running nor waiting. */
    final @Nullable Object resultNow() {
        Object s = bottomOf();
        if (s instanceof Parked parked) {
            return parked.result;
        }
        return isResult(s) ? s : null;
    }

    /** The failure with which the pipeline has come to its end, and which nobody has taken in hand. */
    final @Nullable Failure unhandled() {
        Object s = state();
        if (s instanceof Parked parked) {
            return parked.ended && parked.result instanceof Failure failure ? failure : null;
        }
        return s instanceof Failure failure ? failure : null;
    }

    final @Nullable String label() {
        Extras extras = extrasIfAny();
        return extras == null ? null : extras.label;
    }

    /** How messages call it. */
    final String describe() {
        String identity = "Deferred@" + Integer.toHexString(System.identityHashCode(this));
        String label = label();
        return label == null ? identity : identity + " '" + label + "'";
    }

    final AlreadyCalledException alreadyCalled(Object late) {
        return AlreadyCalledException.of(this, late);
    }
}
