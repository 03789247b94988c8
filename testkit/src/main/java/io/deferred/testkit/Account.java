// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit;

import io.deferred.Deferred;
import io.deferred.DelayedCall;
import io.deferred.Failure;
import io.deferred.Leftover;
import io.deferred.Leftover.Kind;
import io.deferred.UnhandledFailure;
import io.deferred.VirtualClock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * What one test has made and has to bring to an end, or one class outside of its tests. It refers strongly to its Deferreds, so that what is left does not depend on the garbage collector; to those that have come to an end without a failure only for a
 * while.
 */
final class Account {
    private static final int FIRST_LOOK = 1000;
    private static final int MOST_ROUNDS = 10;

    private record Armed(Runnable action, String line) {}

    private final String owner;

    // guarded by this
    private List<Deferred<?>> made = new ArrayList<>();
    private int nextLook = FIRST_LOOK;
    private final Map<DelayedCall, Armed> armed = new LinkedHashMap<>();
    private final List<UnhandledFailure> reports = new ArrayList<>();
    private final List<Once> onces = new ArrayList<>();
    private final List<Failure> late = new ArrayList<>();
    private boolean closed;
    private long things;
    private @Nullable VirtualClock clock;

    /**
     * Makes an empty one.
     *
     * @param owner who is charged, for messages
     */
    Account(String owner) {
        this.owner = owner;
    }

    String owner() {
        return owner;
    }

    /** False if it is closed, and somebody else is to be charged. */
    synchronized boolean made(Deferred<?> deferred) {
        if (closed) {
            return false;
        }
        things++;
        made.add(deferred);
        if (made.size() >= nextLook) {
            List<Deferred<?>> kept = new ArrayList<>();
            for (int i = 0; i < made.size() - 1; i++) { // not this one: its constructor has not ended
                if (!made.get(i).called() || !Leftover.kindsOf(made.get(i)).isEmpty()) {
                    kept.add(made.get(i));
                }
            }
            kept.add(deferred);
            made = kept;
            nextLook = Math.max(FIRST_LOOK, 2 * kept.size());
        }
        return true;
    }

    /** False if it is closed. */
    synchronized boolean armed(DelayedCall call, Runnable action, String line) {
        things++;
        if (armed.size() >= FIRST_LOOK) {
            forgetWhatIsOver();
        }
        return !closed && armed.put(call, new Armed(action, line)) == null;
    }

    private void forgetWhatIsOver() {
        armed.entrySet().removeIf(each -> !each.getKey().active() || Leftover.isOver(each.getValue().action));
    }

    /** False if it is closed. */
    synchronized boolean report(UnhandledFailure report) {
        return !closed && reports.add(report);
    }

    synchronized void add(Once once) {
        onces.add(once);
    }

    synchronized void use(VirtualClock clock) {
        this.clock = clock;
    }

    /** The test's clock; null of a class. */
    synchronized @Nullable VirtualClock clock() {
        return clock;
    }

    synchronized void close() {
        closed = true;
    }

    /** It came after the cancel. */
    synchronized void late(Failure failure) {
        if (!closed) {
            late.add(failure);
        }
    }

    synchronized List<Failure> late() {
        return new ArrayList<>(late);
    }

    /** A report of this failure is taken back, or told in another way. */
    synchronized void forget(Failure failure) {
        reports.removeIf(report -> report.failure() == failure);
    }

    synchronized List<Deferred<?>> deferreds() {
        return new ArrayList<>(made);
    }

    synchronized Map<DelayedCall, String> calls() {
        forgetWhatIsOver();
        Map<DelayedCall, String> lines = new LinkedHashMap<>();
        armed.forEach((call, each) -> lines.put(call, each.line));
        return lines;
    }

    synchronized List<UnhandledFailure> reports() {
        return new ArrayList<>(reports);
    }

    synchronized List<Once> onces() {
        return new ArrayList<>(onces);
    }

    /**
     * Whether a thread is at work on this account, which may end by itself. One look is not enough: what is handed from one to the other meanwhile may be seen at neither. So there are two, between which nothing was made.
     */
    boolean isAtWork() {
        long before = things();
        for (int look = 0; look < 2; look++) {
            if (isSeenAtWork()) {
                return true;
            }
        }
        return things() != before;
    }

    private boolean isSeenAtWork() {
        return deferreds().stream().anyMatch(each -> Leftover.kindsOf(each).contains(Kind.AT_WORK));
    }

    /** How many have ever been made or armed. */
    private synchronized long things() {
        return things;
    }

    /** Takes the failures of this type that nobody has handled: they are handled by that. */
    <E extends Throwable> List<E> takeUnhandled(Class<E> type) {
        List<E> taken = new ArrayList<>();
        for (Deferred<?> deferred : deferreds()) {
            for (Leftover leftover : unhandledIn(deferred)) {
                leftover.failure()
                        .map(Failure::exception)
                        .filter(type::isInstance)
                        .ifPresent(exception -> {
                            deferred.handle(failure -> {});
                            taken.add(type.cast(exception));
                        });
            }
        }
        for (UnhandledFailure report : reports()) {
            Throwable exception = report.failure().exception();
            if (type.isInstance(exception)) {
                forget(report.failure());
                if (!taken.contains(exception)) {
                    taken.add(type.cast(exception));
                }
            }
        }
        return taken;
    }

    private static List<Leftover> unhandledIn(Deferred<?> deferred) {
        return Leftover.kindsOf(deferred).contains(Kind.UNHANDLED_FAILURE) ? Leftover.of(deferred) : List.of();
    }

    /** Stops what is left, so that it troubles nobody else, and forgets all. */
    void tidyUp() {
        Set<Deferred<?>> cancelled = new HashSet<>();
        int rounds = 0;
        boolean more = true;
        while (more && rounds++ < MOST_ROUNDS) {
            more = stopWhatIsLeft(cancelled);
        }
        close();
        synchronized (this) {
            made.clear();
            armed.clear();
            reports.clear();
            onces.clear();
            late.clear();
        }
    }

    /** Whether there was something: callbacks that are told of a cancel may fail, and make more. */
    private boolean stopWhatIsLeft(Set<Deferred<?>> cancelled) {
        boolean found = false;
        for (Deferred<?> deferred : deferreds()) {
            Set<Kind> kinds = Leftover.kindsOf(deferred);
            if (!kinds.isEmpty() && !kinds.contains(Kind.UNHANDLED_FAILURE) && cancelled.add(deferred)) {
                deferred.cancel();
                found = true;
            }
            if (Leftover.kindsOf(deferred).contains(Kind.UNHANDLED_FAILURE)) {
                deferred.handle(failure -> {});
                found = true;
            }
        }
        for (DelayedCall call : calls().keySet()) {
            found |= call.tryCancel();
        }
        return found;
    }

    static boolean isCancellation(Failure failure) {
        return failure.exception() instanceof CancellationException;
    }
}
