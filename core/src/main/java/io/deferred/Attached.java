// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import org.jspecify.annotations.Nullable;

/** A callback of a Deferred that has a {@link Story}: tells it what becomes of the callback, and {@link SlowCallbacks} how long it takes. */
record Attached(Callback<@Nullable Object, @Nullable Object> function, Story story, Where where)
        implements Callback<@Nullable Object, @Nullable Object> {

    /** What kind of callback it is, and where it was attached: what is kept of it when it has run. */
    record Where(String kind, Site site, int number) {
        /** How messages call it. */
        String nameIn(Story story) {
            return kind + " of " + story.name() + ", attached at " + site.line();
        }
    }

    /** Both sides of a stage; one function for both sides stays one. */
    record Sides(@Nullable Object onValue, @Nullable Object onFailure) {}

    /** What stands in the two sides of a stage that is just being added to a pipeline with a story. */
    static Sides sides(Story story, @Nullable Object onValue, @Nullable Object onFailure) {
        if (onFailure == Mark.LOOP && onValue != null) {
            Site site = Site.here();
            return new Sides(
                    of(onValue, story, new Where("step of the loop", site, story.attached("step of the loop", site))),
                    onFailure);
        }
        if (onFailure instanceof Token) {
            tellOfToken(story, onValue, onFailure);
            return new Sides(onValue, onFailure);
        }
        Site site = Site.here();
        if (onValue != null && onValue == onFailure) {
            String kind = kindOf(onValue);
            int number = story.attached(kind, site);
            Attached both = of(onValue, story, new Where(kind, site, number));
            return new Sides(both, both);
        }
        int number = story.attached(nameOf(onValue, onFailure), site);
        return new Sides(
                onValue == null ? null : of(onValue, story, new Where("callback", site, number)),
                onFailure == null ? null : of(onFailure, story, new Where("errback", site, number)));
    }

    private static String nameOf(@Nullable Object onValue, @Nullable Object onFailure) {
        if (onValue == null) {
            return "errback";
        }
        return onFailure == null ? "callback" : "callback and errback";
    }

    private static Attached of(Object function, Story story, Where where) {
        return new Attached(Pipeline.callbackOf(function), story, where);
    }

    private static String kindOf(Object forBoth) {
        if (forBoth instanceof Await) {
            return "await";
        }
        return forBoth instanceof Timeout<?> ? "time-out" : "callback for both";
    }

    private static void tellOfToken(Story story, @Nullable Object onValue, Object token) {
        if (token == Mark.FORWARD && onValue instanceof Pipeline other) {
            story.fires("chainDeferred", other);
        } else if (token == Mark.FORK && onValue instanceof Pipeline other) {
            story.fires("fork", other);
        } else if (token instanceof Place && onValue instanceof Pipeline other) {
            story.passesOnTo("made a member", other);
        } else if (token == Mark.HOP) {
            story.note("continueOn");
        }
    }

    String name() {
        return where.nameIn(story);
    }

    @Override
    public @Nullable Object call(@Nullable Object argument) throws Exception {
        story.runs(where);
        SlowCallbacks.Running running = new SlowCallbacks.Running(this);
        Object flight = null;
        try {
            running.begin();
            flight = Flight.runs(this);
            Object returned = function.call(argument);
            story.ran(this, argument, returned);
            return returned;
        } catch (Throwable t) {
            story.threw(this, argument, t);
            throw t;
        } finally {
            running.end();
            Flight.ran(flight);
        }
    }
}
