// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** The kinds of events, which the recorder reads by itself: all of them off until a recording asks for them. Their names are those in {@code deferred.jfc}. */
@SuppressWarnings("UnusedVariable")
final class FlightEvents {
    private FlightEvents() {}

    @Category("Deferred")
    @Enabled(false)
    @StackTrace(false)
    abstract static class OfADeferred extends Event {
        @Label("Deferred")
        @Nullable
        String deferred;

        @Label("Label")
        @Nullable
        String label;

        @Label("Made At")
        @Nullable
        String made;

        void of(Story story) {
            deferred = story.identity();
            label = story.label();
            made = story.made().line();
        }
    }

    @Name("io.deferred.Created")
    @Label("Deferred Created")
    static final class Created extends OfADeferred {}

    @Name("io.deferred.Fired")
    @Label("Deferred Fired")
    static final class Fired extends OfADeferred {
        @Label("With")
        @Description("the class of the result, or of the exception")
        @Nullable
        String with;

        @Label("Age")
        @Timespan
        long age;
    }

    @Name("io.deferred.Waited")
    @Label("Deferred Waited")
    @Description("for another one, which a callback has returned")
    static final class Waited extends OfADeferred {
        @Label("On")
        @Nullable
        String on;
    }

    @Name("io.deferred.Cancelled")
    @Label("Deferred Cancelled")
    static final class Cancelled extends OfADeferred {
        @Label("How")
        @Nullable
        String how;
    }

    @Name("io.deferred.Unhandled")
    @Label("Unhandled Failure")
    @Category("Deferred")
    @Enabled(false)
    @StackTrace(false)
    static final class Unhandled extends Event {
        @Label("Where")
        @Nullable
        String where;

        @Label("Exception")
        @Nullable
        String exception;
    }

    @Name("io.deferred.SlowCallback")
    @Label("Slow Callback")
    @Threshold("20 ms")
    static final class SlowCallback extends OfADeferred {
        @Label("Callback")
        @Nullable
        String callback;
    }

    static void created(Story story) {
        Created event = new Created();
        if (event.shouldCommit()) {
            event.of(story);
            event.commit();
        }
    }

    static void fired(Story story, String with) {
        Fired event = new Fired();
        if (event.shouldCommit()) {
            event.of(story);
            event.with = with;
            event.age = Debugging.now().minus(story.madeAt()).toNanos();
            event.commit();
        }
    }

    static @Nullable Object waits(Story story, String on) {
        Waited event = new Waited();
        if (!event.isEnabled()) {
            return null;
        }
        event.of(story);
        event.on = on;
        event.begin();
        return event;
    }

    static void waited(Object begun) {
        ((Waited) begun).commit();
    }

    static void cancelled(Story story, String how) {
        Cancelled event = new Cancelled();
        if (event.shouldCommit()) {
            event.of(story);
            event.how = how;
            event.commit();
        }
    }

    static void unhandled(String where, Failure failure) {
        Unhandled event = new Unhandled();
        if (event.shouldCommit()) {
            event.where = where;
            event.exception = failure.exception().getClass().getName();
            event.commit();
        }
    }

    static @Nullable Object runs(Attached callback) {
        SlowCallback event = new SlowCallback();
        if (!event.isEnabled()) {
            return null;
        }
        event.of(callback.story());
        event.callback = callback.where().kind() + " attached at "
                + callback.where().site().line();
        event.begin();
        return event;
    }

    static void ran(Object begun) {
        SlowCallback event = (SlowCallback) begun;
        event.end();
        if (event.shouldCommit()) {
            event.commit();
        }
    }
}
