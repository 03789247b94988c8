// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import io.deferred.spi.Tracker;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
        /** A thread is at work for it, or is to be. */
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

    /** A call has been armed by this thread. */
    static void armed(DelayedCall call) {
        Tracker tracker = TRACKER.get();
        if (tracker != null) {
            tracker.armed(call, Site.here().line());
        }
    }

    /**
     * Returns what this Deferred would leave behind if everything ended now.
     *
     * @param deferred is looked at and not changed; one without a story is not known to hold anything, or to have a thread at work
     * @return a new list, empty if there is nothing
     */
    public static List<Leftover> of(Deferred<?> deferred) {
        List<Leftover> all = new ArrayList<>(1);
        Story story = deferred.story();
        Failure failure = deferred.unhandled();
        if (failure != null) {
            if (!(failure.exception() instanceof CancellationException)) {
                all.add(new Leftover(
                        Kind.UNHANDLED_FAILURE,
                        new UnhandledFailure(
                                        failure,
                                        deferred.describe(),
                                        "nobody has handled it",
                                        AsyncTrace.of(failure, story))
                                .text(),
                        Optional.of(failure)));
            }
        } else {
            Kind kind = kindOfPending(deferred);
            if (kind != null) {
                all.add(new Leftover(kind, DumpText.ofOne(WaitGraph.now(), deferred), Optional.empty()));
            }
        }
        if (story != null) {
            story.held()
                    .forEach(held -> all.add(new Leftover(
                            Kind.HELD,
                            deferred.describe() + " holds " + Shown.brief(held) + " and has not given it back",
                            Optional.empty())));
            if (Works.isUnderWay(story) && all.stream().noneMatch(left -> left.kind == Kind.AT_WORK)) {
                all.add(new Leftover(
                        Kind.AT_WORK, "a thread is still at work for " + deferred.describe(), Optional.empty()));
            }
        }
        return all;
    }

    private static @Nullable Kind kindOfPending(Deferred<?> deferred) {
        if (deferred.resultNow() != null && deferred.pauses() == 0) {
            return null;
        }
        Canceller<?> canceller = deferred.isFired() ? null : deferred.cancellerIfAny();
        if (canceller instanceof Sleep) {
            return Kind.ARMED;
        }
        if (canceller instanceof Body<?>
                || (canceller instanceof Withdraw<?> in && in.line() instanceof ThreadTask<?>)) {
            return Kind.AT_WORK;
        }
        boolean counts = canceller instanceof Withdraw<?> || deferred.isWaitingOrHasStages();
        return counts ? Kind.UNFIRED : null;
    }
}
