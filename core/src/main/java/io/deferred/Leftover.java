// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import io.deferred.spi.Tracker;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Something that a Deferred has left behind: what a test should not end with. For the authors of test kits; who writes tests uses one of these. What Twisted's trial calls a dirty reactor, and an error that was logged.
 *
 * @param kind what it is
 * @param text lines that say which Deferred it is, the line that made it, and what it waits for; the last one not ended
 * @param failure of {@link Kind#UNHANDLED_FAILURE}
 */
public record Leftover(Kind kind, String text, Optional<Failure> failure) {
    private static final AtomicReference<@Nullable Tracker> TRACKER = new AtomicReference<>();

    /** What can be left behind. */
    public enum Kind {
        /** It has ended with a failure, other than a {@link CancellationException}, that nobody has handled. */
        UNHANDLED_FAILURE,
        /** It has not come to its end, and somebody waits for it: it has callbacks, or another Deferred or a thread wants its result, or it stands in a line. */
        UNFIRED,
        /** A delayed call is armed for it. */
        ARMED,
        /** It was given a lock, or a token of a semaphore, that has not been given back. */
        HELD,
        /** A thread is at work for it, or is to be: for a function of {@code deferToThread}, a body of {@code async} that does not await just now, or its callbacks. It may end by itself. */
        AT_WORK
    }

    /**
     * Begins to tell this tracker what is made, as far as it is made in debug mode: see {@link Debugging#full}.
     *
     * @param tracker is told
     * @throws IllegalStateException if there is one already
     */
    public static void track(Tracker tracker) {
        Objects.requireNonNull(tracker, "tracker");
        Tracker before = TRACKER.compareAndExchange(null, tracker);
        if (before != null) {
            throw new IllegalStateException("there is a tracker already, " + Shown.brief(before)
                    + "; two test kits cannot be at work in one JVM at a time");
        }
    }

    /** Ends the telling. */
    public static void untrack() {
        TRACKER.set(null);
    }

    static @Nullable Tracker tracker() {
        return TRACKER.get();
    }

    /** A call of this action has been armed by this thread. */
    static void armed(DelayedCall call, Runnable action) {
        Tracker tracker = TRACKER.get();
        if (tracker != null && !(action instanceof Housekeeping)) {
            tracker.armed(call, Site.here().line());
        }
    }

    /**
     * Returns what this Deferred would leave behind if everything ended now.
     *
     * @param deferred is looked at and not changed; one without a story is not known to hold anything, or to have a thread at work
     * @return a new list, in the order of the kinds; empty if there is nothing
     */
    public static List<Leftover> of(Deferred<?> deferred) {
        List<Leftover> all = new ArrayList<>();
        for (Kind kind : kindsOf(deferred)) {
            all.add(of(deferred, kind));
        }
        return all;
    }

    /**
     * Returns of what kinds {@link #of} would tell: quickly, for a look that is repeated.
     *
     * @param deferred is looked at and not changed
     * @return a new set, empty if there is nothing
     */
    public static Set<Kind> kindsOf(Deferred<?> deferred) {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        Failure failure = deferred.unhandled();
        if (failure != null && !(failure.exception() instanceof CancellationException)) {
            kinds.add(Kind.UNHANDLED_FAILURE);
        }
        if (deferred.resultNow() == null || deferred.pauses() > 0) {
            addKindOfPending(deferred, kinds);
        }
        Story story = deferred.story();
        if (story != null && !story.held().isEmpty()) {
            kinds.add(Kind.HELD);
        }
        if (story != null && kinds.isEmpty() && Works.isUnderWay(story)) {
            kinds.add(Kind.AT_WORK);
        }
        return kinds;
    }

    private static void addKindOfPending(Deferred<?> deferred, Set<Kind> kinds) {
        Canceller<?> canceller = deferred.isFired() ? null : deferred.cancellerIfAny();
        Thread runner = deferred.runner();
        if (canceller instanceof Sleep) {
            kinds.add(Kind.ARMED);
        } else if (canceller instanceof Body<?> body) {
            kinds.add(body.awaitedNow() == null ? Kind.AT_WORK : Kind.UNFIRED);
        } else if (canceller instanceof Withdraw<?> in) {
            kinds.add(in.line() instanceof ThreadTask<?> ? Kind.AT_WORK : Kind.UNFIRED);
        } else if (runner != null && runner != Thread.currentThread()) {
            kinds.add(Kind.AT_WORK);
        } else if (deferred.isWaitingOrHasStages()) {
            kinds.add(Kind.UNFIRED);
        }
    }

    private static Leftover of(Deferred<?> deferred, Kind kind) {
        Story story = deferred.story();
        Failure failure = kind == Kind.UNHANDLED_FAILURE ? deferred.unhandled() : null;
        String text = switch (kind) {
            case UNHANDLED_FAILURE ->
                failure == null
                        ? deferred.describe()
                        : new UnhandledFailure(
                                        failure,
                                        deferred.describe(),
                                        "nobody has handled it",
                                        AsyncTrace.of(failure, story))
                                .text();
            case HELD ->
                deferred.describe() + " has not given back "
                        + (story == null ? "something" : Shown.brief(story.held()));
            case UNFIRED, ARMED, AT_WORK ->
                deferred.resultNow() == null
                        ? DumpText.ofOne(WaitGraph.now(), deferred)
                        : "a thread is still at work for " + deferred.describe();
        };
        return new Leftover(kind, text, Optional.ofNullable(failure));
    }
}
