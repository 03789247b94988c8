// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one Deferred in debug mode, see {@link Debugging}. It refers weakly to the stories of others: a loop whose turns wait for one another must not be kept alive by what is told of it.
 */
final class Story extends WeakReference<Pipeline> {
    /*
     * Why it is safe: guarded by its monitor, which is held only here, and never while a function of a user is called. What is told of values is the name of their class: their toString is a user's code.
     */
    private static final int EARLIEST_KEPT = 8;
    private static final int LATEST_KEPT = 16;

    /** In the order of the making. */
    final long number = Stories.nextNumber();

    private final Site made;
    private final Duration madeAt = Debugging.now();
    private final String identity;

    private volatile @Nullable String label;
    private volatile Duration touchedAt = madeAt;

    // guarded by this
    private final List<Event> earliest = new ArrayList<>(4);
    private final Deque<Event> latest = new ArrayDeque<>(4);
    private int leftOut;
    private @Nullable Event fired;
    private Attached.@Nullable Where lastRan;
    private @Nullable WeakReference<Story> waiter;
    private @Nullable WeakReference<Story> source;
    private @Nullable Object wait; // of Flight
    private int stages;
    private List<Object> held = List.of();
    private final Deque<Stage> toRun = new ArrayDeque<>(2);

    /** A stage that has been attached, and its number. */
    private record Stage(int number, String what, Site site) {}

    /** One thing that happened to it: what, at which line and by whom, and what more there is to say. The words are put together only when it is told. */
    private record Event(String what, Site site, List<String> more) {}

    Story(Pipeline made, Site site) {
        super(made, Stories.GONE);
        this.made = site;
        this.identity = made.identity();
    }

    @Nullable
    String label() {
        return label;
    }

    void label(String label) {
        this.label = label;
    }

    /** How messages call it: with the line that made it. */
    String name() {
        return nameAlone() + " made at " + made.line();
    }

    // ---- what happens

    private void add(String what, Site site, String... more) {
        touch();
        keep(what, site, more);
    }

    /** Before the monitor is taken: what measures the time may be a user's. */
    private void touch() {
        touchedAt = Debugging.now();
    }

    private synchronized Event keep(String what, Site site, String... more) {
        Event event = new Event(what, site, List.of(more));
        if (earliest.size() < EARLIEST_KEPT) {
            earliest.add(event);
            return event;
        }
        if (latest.size() == LATEST_KEPT) {
            latest.remove();
            leftOut++;
        }
        latest.add(event);
        return event;
    }

    /** Returns the number of the stage. */
    int attached(String what, Site site) {
        touch();
        synchronized (this) {
            keep(what + " attached", site);
            toRun.add(new Stage(++stages, what, site));
            return stages;
        }
    }

    /** It has come to rest: whatever was attached has run, or was passed by. */
    synchronized void hasNothingToRun() {
        toRun.clear();
    }

    void note(String what) {
        add(what, Site.here());
    }

    /** The one that is to fire it, as its fork or by {@code chainDeferred}; null if that is nobody, or gone. */
    synchronized @Nullable Pipeline source() {
        Story story = source == null ? null : source.get();
        return story == null ? null : story.get();
    }

    private synchronized void isFiredBy(Story other) {
        source = new WeakReference<>(other);
    }

    /** Somebody else is to be told of its result, and fired with it. */
    void fires(String how, Pipeline other) {
        Story of = other.story();
        if (of != null) {
            of.isFiredBy(this);
        }
        passesOnTo(how, other);
    }

    /** Somebody else is to be told of its result. */
    void passesOnTo(String how, Pipeline other) {
        add(how, Site.here(), other.describe());
    }

    /**
     * It is fired, by this thread.
     *
     * @param by the one that fires it with its own result; null for the program
     */
    void fired(Object result, @Nullable Story by) {
        Site site = Site.here();
        if (result instanceof Failure failure) {
            failure.goes(by, this);
        }
        Flight.fired(this, kind(Masked.unmask(result)));
        touch();
        synchronized (this) {
            fired = keep("fired", site, "with", kind(Masked.unmask(result)));
        }
    }

    /** A cancel has fired it, and it waits for what its operation comes to. */
    void firedByCancel() {
        Site site = Site.here();
        touch();
        synchronized (this) {
            fired = keep("fired by a cancel, to wait for the end of its body,", site);
        }
    }

    /** A callback has begun. */
    synchronized void runs(Attached.Where callback) {
        lastRan = callback;
        while (!toRun.isEmpty() && toRun.element().number <= callback.number()) {
            toRun.remove();
        }
    }

    /** A callback has ended, with what it returned. */
    void ran(Attached callback, @Nullable Object given, @Nullable Object returned) {
        if (returned == given) {
            return; // it has looked, and nothing has changed
        }
        if (!(returned instanceof Deferred<?> inner)) {
            add(
                    "the " + callback.where().kind(),
                    callback.where().site(),
                    "was given",
                    kind(given),
                    "and returned",
                    kind(returned));
            return;
        }
        Object begun = Flight.waits(this, inner.describe());
        synchronized (this) {
            wait = begun;
        }
        add(
                "the " + callback.where().kind(),
                callback.where().site(),
                "was given",
                kind(given),
                "and is to wait for",
                inner.describe());
    }

    /** A callback has ended with an exception. */
    void threw(Attached callback, @Nullable Object given, Throwable thrown) {
        String stale = StaleType.explain(thrown, given);
        add(
                "the " + callback.where().kind(),
                callback.where().site(),
                "was given",
                kind(given),
                "and threw",
                thrown.getClass().getName() + (stale == null ? "" : " (" + stale + ")"));
    }

    /** A cancel has come to its end, or has been left with a run. */
    void cancelled(String how) {
        Flight.cancelled(this, how);
        add("cancelled", Site.here(), "-", how);
    }

    /** It was given a lock or a token. */
    synchronized void holds(Tokens<?> tokens) {
        List<Object> more = new ArrayList<>(held);
        more.add(tokens);
        held = more;
    }

    /** It, or somebody for it, has given that back. */
    synchronized void gaveBack(Tokens<?> tokens) {
        List<Object> fewer = new ArrayList<>(held);
        fewer.remove(tokens);
        held = fewer;
    }

    /** What it was given and has not given back. */
    synchronized List<Object> held() {
        return held;
    }

    private void hasWaited() {
        Object begun;
        synchronized (this) {
            begun = wait;
            wait = null;
        }
        Flight.waited(begun);
    }

    /** Its result has gone to that one. */
    void gaveTo(Story other, Object result) {
        other.hasWaited();
        synchronized (this) {
            waiter = new WeakReference<>(other);
        }
        if (result instanceof Failure failure) {
            failure.goes(this, other);
        }
    }

    // ---- what is told

    /** Whom its result went to last. */
    synchronized @Nullable Story waiter() {
        return waiter == null ? null : waiter.get();
    }

    /** Where it was fired; null if it was not yet. */
    synchronized @Nullable Site firedAt() {
        return fired == null ? null : fired.site;
    }

    /** The callback that runs, or that ran last. */
    synchronized Attached.@Nullable Where lastRan() {
        return lastRan;
    }

    /** What runs next, and where it was attached; null if nothing is known to. */
    synchronized @Nullable String next() {
        Stage next = toRun.peek();
        return next == null ? null : next.what + " attached at " + next.site.line();
    }

    Site made() {
        return made;
    }

    /** When something happened to it last. */
    Duration touchedAt() {
        return touchedAt;
    }

    Duration madeAt() {
        return madeAt;
    }

    String identity() {
        return identity;
    }

    String nameAlone() {
        String l = label;
        return l == null ? identity : identity + " '" + l + "'";
    }

    /** All of it, in lines. */
    String text() {
        StringBuilder text = new StringBuilder();
        line(text, new Event("made", made, List.of()));
        made.callers()
                .forEach(caller -> text.append(System.lineSeparator())
                        .append("      from ")
                        .append(caller));
        synchronized (this) {
            earliest.forEach(event -> line(text, event));
            if (leftOut > 0) {
                text.append(System.lineSeparator())
                        .append("    ... ")
                        .append(leftOut)
                        .append(" more, left out");
            }
            latest.forEach(event -> line(text, event));
            if (lastRan != null) {
                line(text, new Event("last to run was the " + lastRan.kind(), lastRan.site(), List.of()));
            }
        }
        return text.substring(System.lineSeparator().length());
    }

    private void line(StringBuilder text, Event event) {
        text.append(System.lineSeparator())
                .append("    ")
                .append(event.what)
                .append(" at ")
                .append(event.site.line());
        event.more.forEach(word -> text.append(' ').append(word));
        if (!event.site.thread().equals(made.thread())) {
            text.append(" (thread ").append(event.site.thread()).append(')');
        }
    }

    private static String kind(@Nullable Object value) {
        if (value instanceof Failure failure) {
            return failure.exception().getClass().getName();
        }
        return value == null ? "null" : "a " + value.getClass().getName();
    }
}
