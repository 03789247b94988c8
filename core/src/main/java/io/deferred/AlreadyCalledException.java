// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.io.Serial;

/** A {@link Deferred} was fired a second time; the second result was not taken. Twisted's {@code AlreadyCalledError}. */
public final class AlreadyCalledException extends IllegalStateException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Makes one with a message.
     *
     * @param message which Deferred, and what was tried
     */
    public AlreadyCalledException(String message) {
        super(message);
    }

    /** In debug mode with both firings: where the first was, in words, and the second is where this is made. */
    static AlreadyCalledException of(Pipeline called, Object late) {
        Story story = called.story();
        Site first = story == null ? null : story.firedAt();
        return new AlreadyCalledException(called + " was fired before; it fires once, and "
                + (late instanceof Failure failure
                        ? "the failure " + failure.exception()
                        : "the result " + Shown.brief(Masked.unmask(late)))
                + " that it was now to be fired with was not taken. Fire it in one place, or make a new one for each operation"
                + (first == null
                        ? ". " + Debugging.hint()
                        : ". It was first fired at " + first + ", and now at " + Site.here()));
    }
}
