// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import org.jspecify.annotations.Nullable;

/** Events for the JDK Flight Recorder, of Deferreds that have a story. Where the module {@code jdk.jfr} is missing there are none, and no class of it is loaded. */
final class Flight {
    private static final boolean IS_THERE = isThere();

    private Flight() {}

    private static boolean isThere() {
        try {
            Class.forName("jdk.jfr.Event", false, Flight.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    static void created(Story story) {
        if (IS_THERE) {
            FlightEvents.created(story);
        }
    }

    static void fired(Story story, String with) {
        if (IS_THERE) {
            FlightEvents.fired(story, with);
        }
    }

    /** It begins to wait. Returns what {@link #waited} is to be given when that is over. */
    static @Nullable Object waits(Story story, String on) {
        return IS_THERE ? FlightEvents.waits(story, on) : null;
    }

    static void waited(@Nullable Object begun) {
        if (begun != null) {
            FlightEvents.waited(begun);
        }
    }

    static void cancelled(Story story, String how) {
        if (IS_THERE) {
            FlightEvents.cancelled(story, how);
        }
    }

    /** Also of a Deferred without a story. */
    static void unhandled(String where, Failure failure) {
        if (IS_THERE) {
            FlightEvents.unhandled(where, failure);
        }
    }

    /** A callback begins. Returns what {@link #ran} is to be given when it has ended. */
    static @Nullable Object runs(Attached callback) {
        return IS_THERE ? FlightEvents.runs(callback) : null;
    }

    static void ran(@Nullable Object begun) {
        if (begun != null) {
            FlightEvents.ran(begun);
        }
    }
}
