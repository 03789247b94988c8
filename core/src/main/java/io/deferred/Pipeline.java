// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import io.deferred.spi.Tracker;
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
abstract sealed class Pipeline extends Token permits Deferred {
    /*
     * State
     *
     * Unfired    null                     empty
     *            ONE                      one stage, in left and right (see writeFirst for the right of a Gathering)
     *            Stage -> .. -> Stage     and more, the newest on top; ONE is below them (a ForkStage knows that, a plain one need not)
     * Running    Thread                   that thread owns result and queue, both in its locals
     *            LateStage -> ..          and these were added since, cancels among them; each knows the Thread below them
     * Waiting    Deferred                 for that one; the rest of the queue in left, and in right its last stage if known
     *            LateStage -> ..          and these were added since; each knows the Deferred below them
     *            Link, LateStage -> ..    the same, at the end of a long row (see Link)
     * Left out   LeftOut                  waits in the middle of such a row; in left whom it showed to wait for (null: the mark knows),
     *                                     and in right its Place among those that were left out with it
     * Parked     Parked                   fired, not running, with a queue or a pause: holds both result and queue
     * At rest    anything else            the result itself (Masked for null and what looks like a state)
     * Changing   BUSY                     for a few instructions: a first stage is being written, a cancel fires, or one that was left
     *                                     out comes to rest
     * Inflated   Side                     for ever: the state, any of the above, is in Side.state
     *
     *   null -add-> BUSY -> ONE -add-> Stage                 (add; CAS, then release)
     *   null -fire-> result                                  (fire; one CAS and no run where there is nothing to do)
     *   unfired -fire-> Thread                               (claim)
     *   unfired -cancel without canceller-> BUSY -> Thread   (cancelUnfired: the swallow flag is set in between)
     *   Thread -> result | Deferred | Parked                 (run, drain: CAS; fails when a stage was added, which is then taken first)
     *   LateStage..Thread -> Thread                          (takeAdded)
     *   Deferred, LateStage..Deferred -> Thread              (resumeFrom, by the owner of what it waits for)
     *   result, Parked -> Thread                             (add, unpause, and a run that comes back)
     *   result, Parked -> Parked                             (addToHeld: one stage more)
     *   result -> Taken                                      (take, by one that would have waited for it)
     *   result -> NIL                                        (takeForThread, by a thread that awaits it)
     *   Thread, Deferred -> LeftOut; Deferred -> Link        (Row.leaveOut, by the owner of what they wait for)
     *   Deferred -> Thread                                   (by the one whose wait closed a circle, which nobody else can resume)
     *   LeftOut -> Deferred                                  (Link.putBack: left and right stay until Link.unfold writes them)
     *   LeftOut -> BUSY -> Taken                             (settle: left and right are cleared in between)
     *
     * Invariants
     * I1 Only the thread in the slot runs callbacks, writes left and right of a fired pipeline, and replaces Thread by anything but
     *    a Stage on top of itself. So callbacks run one at a time.
     * I2 A waiting pipeline has exactly one stage in the queue of the one it waits for (or of Link.inner); who takes that stage out has the
     *    only right to resume it or leave it out, and to write its left and right until then. Of one that is left out nobody writes them;
     *    who puts Taken in the place of LeftOut clears them.
     * I3 Stages go on top by CAS, are taken off all at once by CAS, and are reversed only then: callbacks run in the order of their adding.
     *    One CAS may put a new stage on copies of some of them instead (ForkStage), without those that do nothing any more.
     *    Those that are in a slot at one time were all added on top of one state: the topmost tells which.
     * I4 Whoever makes a pipeline Running runs what it finds in the queue and does not let go before it is empty, waits or is paused; and who
     *    parks it because of a pause looks at the pauses once more afterwards. So no callback is stranded.
     * I5 A state that is seen unchanged was unchanged: no Stage, Parked, Link or LeftOut is ever put into a slot twice, and a result, once
     *    left, comes back only through Running.
     * I6 Before left and right of one that is left out change, its slot does. So whoever reads them and sees the same LeftOut in the slot
     *    before and after (isStill) has read what belongs to it.
     *
     * Why it is safe: every change of hands is a CAS with volatile effect, so the plain fields and all that callbacks write are
     * ordered by the slot from owner to owner.
     *
     * Accepted races: Stage.bottom may ask a stage that its new owner is just putting into order, and be told null; the answer is then
     * discarded because the slot has changed (bottomOf), or the CAS that would use it fails. Of threads that stop in the middle of a change, by a StackOverflowError or
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

    Pipeline() {
        if (Debugging.every != 0) {
            keepStory();
        }
    }

    Pipeline(Canceller<?> canceller) {
        initialState(new Side(canceller));
        if (Debugging.every != 0) {
            keepStory();
        }
    }

    Pipeline(Object result) {
        initialState(result);
        if (Debugging.every != 0) {
            keepStory();
            tellFired(result, null);
        }
        noteEnd(result);
    }

    /** For a {@link Gathering}. */
    Pipeline(Deferred<?>[] members) {
        right = members;
        VarHandle.storeStoreFence();
        if (Debugging.every != 0) {
            keepStory();
        }
    }

    /** Whoever has a story is inflated from the beginning: so all that is told is told on ways that a plain one does not go. */
    private void keepStory() {
        Story story = Debugging.begin(this);
        if (story != null) {
            side().extras().keep(story);
            Stories.keep(story);
            VarHandle.storeStoreFence();
            Tracker tracker = Leftover.tracker();
            if (tracker != null) {
                tracker.made((Deferred<?>) this);
            }
        }
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
            if (cas(mark, Mark.BUSY)) {
                VarHandle.storeStoreFence(); // before others can see the fields change, they see the slot changed
                left = null; // one that is over must not keep those alive that were inside of it
                right = null;
                publish(Taken.UNLABELLED);
                noteHandledAfterAll(Taken.UNLABELLED);
            }
            return state();
        }
        return s;
    }

    /** Whether that is its state still; then what was read of left and right since it was seen there first was right. */
    private boolean isStill(LeftOut mark) {
        VarHandle.acquireFence(); // those reads come first
        Object s = state;
        return s == mark || (s instanceof Side side && side.state == mark);
    }

    final boolean cas(@Nullable Object expected, @Nullable Object update) {
        return STATE.compareAndSet(this, expected, update)
                || (state instanceof Side side && side.casState(expected, update));
    }

    /** The same for one that is not inflated; false if it is. */
    private boolean casPlain(@Nullable Object expected, @Nullable Object update) {
        return STATE.compareAndSet(this, expected, update);
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
        return s != null && !(s instanceof Token) && !(s instanceof Thread);
    }

    private static boolean isUnfired(@Nullable Object bottom) {
        return bottom == null || bottom == Mark.ONE;
    }

    /** The state below the stages, as it was at one instant. */
    private @Nullable Object bottomOf() {
        for (; ; ) {
            Object s = state();
            Object bottom = Stage.bottom(s);
            VarHandle.acquireFence(); // what the stage knows is read before the second look at the slot
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
        Object s = state; // looked at first: a compare-and-set that fails costs as much as one that does not
        if (s == null && fireAtRest(result)) {
            return true;
        }
        Thread me = Thread.currentThread();
        if (s == Mark.ONE && casPlain(Mark.ONE, me)) {
            startFirst(me, result, null);
            return true;
        }
        if (s != null && s.getClass() == Stage.class && casPlain(s, me)) {
            startFirst(me, result, Stage.inOrder(s));
            return true;
        }
        Object before = claim(me);
        if (before == null) {
            return false;
        }
        tellFired(result, null);
        start(before, me, result);
        return true;
    }

    /** Fires one on which nothing waits, with one change of the slot; false if it is not like that, or a {@link Gathering}, whose members are to be let go. */
    private boolean fireAtRest(Object result) {
        if (right == null && casPlain(null, result)) {
            noteEnd(result);
            return true;
        }
        return false;
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
        Story story = story();
        if (story != null) {
            story.firedByCancel();
        }
        operation.passOn(); // not by the first callback, which a pause would hold back
        Callback<@Nullable Object, @Nullable Object> first = ignored -> successor;
        Stage queue = null;
        if (before != Mark.EMPTY) {
            queue = new Stage(left, right, Stage.inOrder(before));
            left = null;
            right = null;
        }
        drain((Deferred<?>) this, me, Masked.NIL, true, first, null, queue, false, true);
        return true;
    }

    private void fired() {
        if (state instanceof Side side) {
            side.dropCanceller();
        }
    }

    private void start(Object before, Thread me, Object result) {
        if (before == Mark.EMPTY) {
            right = null;
            drain((Deferred<?>) this, me, result, false, null, null, null, false, true);
            return;
        }
        startFirst(me, result, Stage.inOrder(before));
    }

    /** Runs the stage in the two fields, and then the others. */
    private void startFirst(Thread me, Object result, @Nullable Stage others) {
        Object onValue = left;
        left = null;
        run(me, result, onValue, takeFirstForFailures(), others, false);
    }

    /** What the first stage has for failures, taken out of its field; null for nothing, and for the members of a gathering, which are let go. */
    private @Nullable Object takeFirstForFailures() {
        Object taken = right;
        if (taken == null) {
            return null;
        }
        right = null;
        return taken instanceof Deferred<?>[] ? null : taken;
    }

    /** What is known only now: the pipeline has come to rest with this result. */
    private void noteEnd(Object result) {
        if (result instanceof Failure failure) {
            UnhandledFailures.ended(this, failure);
        }
    }

    /** The pipeline has come to rest with this result, and not with a failure that has been reported, if one was. */
    private void noteHandledAfterAll(Object result) {
        Extras extras = extrasIfAny();
        if (extras != null && extras.isNewsFor(result)) {
            UnhandledFailures.handledAfterAll(this, extras);
        }
    }

    // ---- adding

    /** Adds a stage, and runs it now if the pipeline is at rest. The two sides are as {@link Stage} says. */
    final void add(@Nullable Object onValue, @Nullable Object onFailure) {
        Object top = state;
        if (top == null) {
            if (casPlain(null, Mark.BUSY)) {
                STATE.setRelease(this, writeFirst(onValue, onFailure));
                return;
            }
        } else if (top.getClass() == Stage.class) {
            if (casPlain(top, new Stage(onValue, onFailure, (Stage) top))) {
                return;
            }
        } else if (addPlainly(top, onValue, onFailure)) {
            return;
        }
        addAnyhow(onValue, onFailure);
    }

    /**
     * Adds a second stage, or one to a pipeline at rest; false if it is something else, or somebody has come between. Apart from {@link #add}, so that this stays small: in a loop that adds many,
     * the compiler then has registers enough.
     */
    private boolean addPlainly(Object top, @Nullable Object onValue, @Nullable Object onFailure) {
        if (top == Mark.ONE) {
            return casPlain(top, new Stage(onValue, onFailure, null));
        }
        if (!isResult(top)) {
            return false;
        }
        boolean failed = top instanceof Failure;
        if ((failed ? onFailure : onValue) == null) {
            return true; // the result passes: nothing to do, and nothing to own
        }
        Thread me = Thread.currentThread();
        if (!casPlain(top, me)) {
            return false;
        }
        run(me, top, onValue, onFailure, null, failed);
        return true;
    }

    /** Adds a stage that fires another with the result, and keeps that. */
    final void addFork(Deferred<?> fork) {
        addAnyhow(fork, Mark.FORK);
    }

    private void addAnyhow(@Nullable Object onValue, @Nullable Object onFailure) {
        Story story = story();
        if (story == null) {
            addUntold(onValue, onFailure);
        } else {
            Attached.Sides sides = Attached.sides(story, onValue, onFailure);
            addUntold(sides.onValue(), sides.onFailure());
            if (resultNow() != null && !isHeld()) {
                story.hasNothingToRun();
            }
        }
    }

    private void addUntold(@Nullable Object onValue, @Nullable Object onFailure) {
        for (; ; ) {
            Object s = state();
            if (s == null) {
                if (cas(null, Mark.BUSY)) {
                    publish(writeFirst(onValue, onFailure));
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
            } else if (cas(s, onTopOf(s, onValue, onFailure))) {
                return;
            }
        }
    }

    private static Stage onTopOf(Object state, @Nullable Object onValue, @Nullable Object onFailure) {
        return onFailure == Mark.FORK && onValue != null
                ? ForkStage.onTopOf(state, onValue)
                : Stage.onTopOf(state, onValue, onFailure);
    }

    /**
     * Puts the first stage into the two fields, which are null until then. Only in right a {@link Gathering} may have its members: then a stage with something for failures is the second one, after one
     * that does nothing.
     *
     * @return the state to publish
     */
    private Object writeFirst(@Nullable Object onValue, @Nullable Object onFailure) {
        if (onFailure != null) {
            if (right != null) {
                return new Stage(onValue, onFailure, null);
            }
            right = onFailure;
        }
        left = onValue;
        return Mark.ONE;
    }

    private boolean addToFired(Object s, @Nullable Object onValue, @Nullable Object onFailure) {
        Thread me = Thread.currentThread();
        boolean failed = s instanceof Failure;
        if (!(s instanceof Parked) && (failed ? onFailure : onValue) == null) {
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
            drain((Deferred<?>) this, me, longer.result, false, null, null, longer.takeQueue(), longer.ended, true);
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
            run(me, s, onValue, onFailure, null, failed);
        } else {
            Stage after = new Stage(onValue, onFailure, null);
            drain((Deferred<?>) this, me, s, true, hop, Mark.HOP, after, failed, true);
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
            drain((Deferred<?>) this, me, freed.result, false, null, null, freed.takeQueue(), freed.ended, true);
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

    /** Puts it back into its row if it is left out and paused. */
    final void putBackIfHeld() {
        if (isHeld() && state() instanceof LeftOut mark) {
            putBack(mark);
        }
    }

    /** Someone has taken the failure in hand: the watch on it ends. */
    private void handled() {
        if (state instanceof Side side) {
            Extras extras = side.extrasIfAny();
            UnhandledFailures.Watch watch = extras == null ? null : extras.watch;
            if (watch != null) {
                watch.handled(); // or it has just ended by itself
            }
        }
    }

    // ---- running

    /**
     * Runs a pipeline that this thread owns as far as it is plain, which most are from beginning to end: functions of users that return values, and nobody else about. What is more than that goes to
     * {@link #drain} as it stands.
     *
     * @param ended whether the result is one with which an earlier run had come to its end
     */
    private void run(
            Thread me,
            Object startResult,
            @Nullable Object firstOnValue,
            @Nullable Object firstOnFailure,
            @Nullable Stage others,
            boolean ended) {
        Object result = startResult;
        Object onValue = firstOnValue;
        Object onFailure = firstOnFailure;
        Stage queue = others;
        boolean fresh = true;
        while (state == me) {
            Object function;
            if (onFailure instanceof Token) {
                if (!(onFailure instanceof Place place)) {
                    break;
                }
                result = Gathering.ended(Objects.requireNonNull(onValue), place, result, this);
                function = null;
            } else {
                function = result instanceof Failure ? onFailure : onValue;
                if (function == null && result instanceof Failure) {
                    queue = Stage.firstForFailures(queue);
                }
            }
            fresh = false;
            if (function != null) {
                Object returned;
                try {
                    returned = callbackOf(function).call(Masked.as(Masked.unmask(result)));
                } catch (Throwable t) {
                    returned = Failure.caught(t, result, this);
                }
                if (returned instanceof Deferred<?> inner) {
                    Object taken = ((Pipeline) inner).take(this);
                    if (taken == null) {
                        if (!waitPlainly(inner, queue, me)) {
                            drain((Deferred<?>) this, me, result, true, inner, Mark.RETURNED, queue, false, false);
                        }
                        return;
                    }
                    result = taken;
                } else {
                    result = Masked.mask(returned);
                }
            }
            if (queue == null) {
                if (casPlain(me, result)) {
                    noteEnd(result);
                } else {
                    drain((Deferred<?>) this, me, result, false, null, null, null, false, false);
                }
                return;
            }
            onValue = queue.onValue;
            onFailure = queue.onFailure;
            queue = queue.next();
        }
        drain((Deferred<?>) this, me, result, true, onValue, onFailure, queue, ended, fresh);
    }

    /**
     * Runs a pipeline that this thread owns until it is empty, waits or is paused, and with it those that its results make runnable: in a loop, never
     * by recursion. With {@code loaded}, the stage to begin with is in {@code onValue} and {@code onFailure}.
     *
     * @param startEnded whether the result is one with which an earlier run had come to its end
     * @param startFresh whether nothing has run since the pipeline was taken up
     */
    private static void drain(
            Deferred<?> start,
            Thread me,
            Object startResult,
            boolean loaded,
            @Nullable Object onValue,
            @Nullable Object onFailure,
            @Nullable Stage startQueue,
            boolean startEnded,
            boolean startFresh) {
        Pipeline d = start;
        Object result = startResult;
        Stage queue = startQueue;
        Stage tail = null; // the last stage of the queue, or null if that is not known
        boolean ended = startEnded;
        boolean fresh = startFresh;
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
            if (d.state != me
                    && d.isHeld()
                    && (fresh || loaded || queue != null)
                    && onFailure != Mark.RETURNED) { // what was returned counts as the stage's own result
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
                        d.noteHandledAfterAll(result);
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

            Deferred<?> inner;
            if (onFailure == Mark.RETURNED) {
                inner = (Deferred<?>) Objects.requireNonNull(onValue);
                onFailure = null;
            } else if (onFailure instanceof Place place) {
                result = Gathering.ended(Objects.requireNonNull(onValue), place, result, d);
                continue;
            } else if (onFailure instanceof Token && onValue instanceof Deferred<?> other) {
                if (onFailure instanceof Above) {
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
                    if (d.state != me) {
                        d.noteHandledAfterAll(result);
                        d.tellGiven(waiter, given);
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
                    if (((Pipeline) other).state == null && ((Pipeline) other).fireAtRest(passed)) {
                        continue;
                    }
                    Object before = ((Pipeline) other).claim(me);
                    if (before == null) {
                        if (onFailure == Mark.FORWARD && !other.swallows(passed)) {
                            result = new Failure(other.alreadyCalled(passed));
                        }
                        continue;
                    }
                    ((Pipeline) other).tellFired(passed, d);
                    back = new Frame(d, result, queue, back);
                    d = other;
                    result = passed;
                    queue = null;
                    tail = null;
                    Object forFailures = d.takeFirstForFailures();
                    if (before != Mark.EMPTY) {
                        loaded = true;
                        onValue = d.left;
                        onFailure = forFailures;
                        d.left = null;
                        queue = Stage.inOrder(before);
                    }
                }
                fresh = true;
                ended = false;
                continue;
            } else {
                Object function = functionFor(result, onValue, onFailure);
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
                if (!(returned instanceof Deferred<?> deferred)) {
                    result = Masked.mask(returned);
                    continue;
                }
                inner = deferred;
            }

            if (onFailure == Mark.LOOP) {
                Stage first = new Stage(onValue, Mark.LOOP, queue);
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
                if (onFailure != Mark.HOP) {
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
                } else {
                    Pipeline failed = failedByCircle(waiter, inner, queue, top != null, added, me);
                    if (failed != null) {
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
            if (onFailure == Mark.HOP && onValue instanceof HopStage stage && !mine) {
                stage.depart(start); // calls the executor, which a user has written; not before d waits, as Hop says
            }
        }
    }

    /** Which of the two sides is to be called; null for none. */
    private static @Nullable Object functionFor(Object result, @Nullable Object onValue, @Nullable Object onFailure) {
        if (!(result instanceof Failure)) {
            return onValue;
        }
        if (onFailure instanceof Token) {
            return onFailure == Mark.HOP ? onValue : null;
        }
        return onFailure;
    }

    @SuppressWarnings("unchecked")
    static Callback<@Nullable Object, @Nullable Object> callbackOf(Object function) {
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
                noteHandledAfterAll(Masked.NIL);
                return Taken.asGiven(s);
            }
        }
    }

    /** The result, if it is at rest with one: it is then the taker's, and null from here on. Null if there is nothing to take. */
    private @Nullable Object take(Pipeline taker) {
        Object plain = state;
        if (isResult(plain) && !(plain instanceof Taken) && casPlain(plain, Taken.by(taker))) {
            return plain;
        }
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
                noteHandledAfterAll(Masked.NIL);
                tellGiven(taker, s);
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

    /**
     * From running to waiting for one that is pending, if both are plain and nobody comes between: false, and nothing has changed, if that is not so.
     *
     * @param queue what is left to do here
     */
    private boolean waitPlainly(Deferred<?> inner, @Nullable Stage queue, Thread me) {
        int inRow = Row.lengthAbove(queue);
        if (inRow >= Link.LIMIT || !isUnfired(Stage.bottom(((Pipeline) inner).state))) {
            return false;
        }
        left = queue;
        if (!casPlain(me, inner)) {
            left = null;
            return false;
        }
        Object added = ((Pipeline) inner).addWaiter((Deferred<?>) this, inRow, me);
        if (added == Mark.RETRY) {
            resumeFrom(inner, me);
            right = null;
            drain((Deferred<?>) this, me, Masked.NIL, true, inner, Mark.RETURNED, takeLeft(), false, false);
        } else if (added instanceof Parked freed) {
            drain(inner, me, freed.result, false, null, null, freed.takeQueue(), freed.ended, true);
        } else {
            Pipeline failed = failedByCircle(this, inner, queue, false, added, me);
            if (failed != null) {
                Failure failure = Circle.failure(failed, inner);
                failed.takeTail();
                drain((Deferred<?>) failed, me, failure, false, null, null, failed.takeLeft(), false, false);
            }
        }
        return true;
    }

    /** The one whose stage has closed a circle by waiting, running now for the caller; null if there is no circle. */
    private static @Nullable Pipeline failedByCircle(
            Pipeline waiter,
            Pipeline inner,
            @Nullable Stage queue,
            boolean awaited,
            @Nullable Object added,
            Thread me) {
        if (!Circle.isClosedBy(waiter, inner, queue, awaited)) {
            return null;
        }
        Pipeline failed = waiter.successorOf(inner);
        if (failed == null || !failed.resumeFrom(inner, me)) {
            return null;
        }
        if (added instanceof Stage stage) {
            stage.strike();
        }
        return failed;
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
                    publish(writeFirst(waiter, Above.of(inRow)));
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
                if (addToHeld(s, waiter, Above.of(inRow))) {
                    return takeFreed(me);
                }
            } else {
                Stage stage = Stage.onTopOf(s, waiter, Above.of(inRow));
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
        left = new Stage(waiter, Above.NONE, null);
        right = left;
    }

    /**
     * Takes a waiting pipeline that has nothing to do but to pass its result on out of its row. Only for the one with the right to resume it.
     *
     * @param index its place among those that are left out together
     * @return its one stage; null if it is not like that, and stays
     */
    final @Nullable Stage leaveOut(Pipeline shown, LeftOut mark, int index) {
        if (state() != shown || isHeld() || !(left instanceof Stage only) || Row.lengthAbove(only) == 0) {
            return null;
        }
        Object tail = right;
        right = Place.of(index);
        left = shown;
        if (cas(shown, mark)) {
            return only;
        }
        left = only; // something was added, and it stays
        right = tail;
        return null;
    }

    /** The same for the innermost of them, which this thread is running. */
    final boolean leaveOutLast(Thread me, LeftOut mark) {
        if (isHeld()) {
            return false;
        }
        right = Place.of(0);
        if (cas(me, mark)) {
            return true;
        }
        right = null;
        return false;
    }

    /** Its place among those that were left out with it, from 0 for the innermost; -1 if that is not its state any more. For one in whose slot the mark was seen. */
    final int indexIn(LeftOut mark) {
        return right instanceof Place place && isStill(mark) ? place.value : -1;
    }

    /** The next one inwards of those that were left out with it; null for the innermost. It is right if the slot has the same LeftOut before and after, and as long as nobody can have resumed the row. */
    final @Nullable Pipeline nextInwards() {
        return left instanceof Pipeline next ? next : null;
    }

    /** Its link, if it waits at the end of a row that was shortened. */
    final @Nullable Link link() {
        return bottomOf() instanceof Link link ? link : null;
    }

    /** The one it really waits for, whatever it shows; null if it does not wait. */
    final @Nullable Pipeline waitsFor() {
        for (; ; ) {
            Object bottom = bottomOf();
            if (bottom instanceof Link link) {
                return link.inner();
            }
            if (!(bottom instanceof LeftOut mark)) {
                return bottom instanceof Deferred<?> inner ? inner : null;
            }
            Pipeline inner = mark.link().innerFor(this, mark);
            if (inner != null || isStill(mark)) {
                return inner;
            }
        }
    }

    /** The one that it was made to wait for; null if it does not wait. */
    final @Nullable Pipeline shownWaitingFor() {
        for (; ; ) {
            Object bottom = bottomOf();
            if (bottom instanceof Link link) {
                return link.first;
            }
            if (!(bottom instanceof LeftOut mark)) {
                return bottom instanceof Deferred<?> inner ? inner : null;
            }
            Pipeline shown = mark.shownBy(this);
            if (isStill(mark)) {
                return shown;
            }
        }
    }

    // ---- pausing

    final void addPause() {
        side().addPause(this);
        Story story = story();
        if (story != null) {
            story.note("paused");
        }
        while (state() instanceof LeftOut mark) {
            putBack(mark);
        }
    }

    final void removePause() {
        boolean last = side().removePause(this);
        Story story = story();
        if (story != null) {
            story.note("unpaused");
        }
        if (last) {
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
                    return told(Cancellation.PASSED_ON, d, here); // also if its canceller is at work for another cancel
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
            return told(before == null ? here : Cancellation.PASSED_ON, d, here);
        }
    }

    /** What a cancel answers, noted in the stories of both. */
    private Cancellation told(Cancellation answer, Pipeline reached, Cancellation there) {
        Story story = story();
        Story reachedStory = reached == this ? null : reached.story();
        if (story != null) {
            story.cancelled(
                    reached == this ? there.words() : "it went to " + reached.describe() + ", where " + there.words());
        }
        if (reachedStory != null) {
            reachedStory.cancelled(there.words() + " (it came from " + describe() + ")");
        }
        return answer;
    }

    /** Whether this state says that it waits, and a cancel is to go on from here. */
    private boolean passesCancelOn(@Nullable Object bottom) {
        return (bottom instanceof Deferred || bottom instanceof Link || bottom instanceof LeftOut)
                && !(this instanceof Gathering<?, ?> gathering && gathering.keepsCancels());
    }

    /** Null if it has fired meanwhile and must be looked at again. */
    private @Nullable Cancellation cancelUnfired() {
        if (this instanceof Gathering<?, ?> gathering) {
            return cancelMembers(gathering);
        }
        Side side = side();
        Canceller<?> canceller = side.canceller();
        if (side.is(Side.CANCELLING)) {
            return Cancellation.NOTHING_TO_STOP; // its canceller is at work, and decides
        }
        if (canceller instanceof PassOn<?> passOn) {
            passOn.others().run();
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
        Failure cancelled = new Failure(CancelledException.of(this));
        tellFired(cancelled, null);
        start(s == null ? Mark.EMPTY : s, me, cancelled);
        return Cancellation.FAILED;
    }

    private @Nullable Cancellation cancelMembers(Gathering<?, ?> gathering) {
        Deferred<?>[] members = membersIfUnfired();
        if (members == null) {
            Busy.yieldToOwner(); // of the one who fires it just now
            return null;
        }
        gathering.cancelMembersBut(-1, members);
        if (!gathering.membersFire() && !isFired()) {
            fire(new Failure(CancelledException.of(this)));
        }
        return Cancellation.PASSED_ON;
    }

    final @Nullable Canceller<?> cancellerIfAny() {
        return state instanceof Side side ? side.canceller() : null;
    }

    /** The members of a gathering that has not fired. */
    final Deferred<?> @Nullable [] membersIfUnfired() {
        return right instanceof Deferred<?>[] members ? members : null;
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
            if (s == null || Stage.bottom(s) != runner) {
                request.end();
                return false;
            }
            if (s instanceof Stage top && request.equals(top.onFailure)) {
                request.end(); // it stands there already
                return true;
            }
            if (cas(s, Stage.onTopOf(s, Mark.CANCEL, request))) {
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
        Object s = state;
        if (isResult(s)) {
            return s;
        }
        s = bottomOf();
        if (s instanceof Parked parked) {
            return parked.result;
        }
        return isResult(s) ? s : null;
    }

    /** Whether it waits for another, or somebody or something waits for it; only for a look. */
    final boolean isWaitingOrHasStages() {
        Object s = state();
        Object bottom = Stage.bottom(s);
        if (bottom instanceof Parked parked) {
            return parked.hasStages();
        }
        if (!isUnfired(bottom)) {
            return !isResult(bottom);
        }
        return Stage.isAnyToRun(s) || (bottom == Mark.ONE && Stage.isToRun(left, right));
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
        return extras == null ? null : extras.label();
    }

    final String identity() {
        return "Deferred@" + Integer.toHexString(System.identityHashCode(this));
    }

    /** How messages call it; with the line that made it, if it has a story. */
    final String describe() {
        Story story = story();
        if (story != null) {
            return story.name();
        }
        String label = label();
        return label == null ? identity() : identity() + " '" + label + "'";
    }

    /** By what a reader can find it: its label, or in debug mode also the line that made it; null if it has neither. */
    final @Nullable String nameIfAny() {
        Extras extras = extrasIfAny();
        if (extras == null) {
            return null;
        }
        Story story = extras.story();
        String label = story == null ? extras.label() : null;
        return story != null ? story.name() : label == null ? null : "'" + label + "'";
    }

    // ---- the story

    /** What is remembered of it; null if it was not made in debug mode. */
    final @Nullable Story story() {
        Extras extras = extrasIfAny();
        return extras == null ? null : extras.story();
    }

    private void tellFired(Object result, @Nullable Pipeline by) {
        Story story = story();
        if (story != null) {
            story.fired(result, by == null ? null : by.story());
        }
    }

    /** Its result has gone to that one. */
    final void tellGiven(Pipeline other, Object result) {
        Story mine = story();
        Story others = mine == null ? null : other.story();
        if (mine != null && others != null) {
            mine.gaveTo(others, result);
        }
    }

    final AlreadyCalledException alreadyCalled(Object late) {
        return AlreadyCalledException.of(this, late);
    }
}
