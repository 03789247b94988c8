// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A report: a callback holds its thread for longer than the limit, see {@link SlowCallbacks}.
 *
 * @param callback what it is, of which Deferred, and where it was attached
 * @param thread that it runs on
 * @param limit that it has exceeded
 * @param stack of the thread, taken while it was at it; empty if it has ended meanwhile
 * @param awaited what the thread waits for in {@link Deferred#await()}, if it does
 */
public record SlowCallback(
        String callback, Thread thread, Duration limit, List<StackTraceElement> stack, Optional<Deferred<?>> awaited) {
    /**
     * Copies the stack.
     *
     * @param callback what it is
     * @param thread that it runs on
     * @param limit that it has exceeded
     * @param stack the innermost frame first
     * @param awaited what the thread waits for
     */
    public SlowCallback {
        stack = List.copyOf(stack);
    }

    /**
     * Returns the whole report.
     *
     * @return lines, the last one not ended
     */
    public String text() {
        StringBuilder text = new StringBuilder("Slow callback: the ")
                .append(callback)
                .append(", has held thread ")
                .append(Site.nameOf(thread))
                .append(" for longer than ")
                .append(limit);
        awaited.ifPresent(deferred -> text.append(", blocked in await() on ")
                .append(deferred)
                .append("; return the Deferred from the callback instead"));
        for (StackTraceElement frame : stack) {
            text.append(System.lineSeparator()).append("\tat ").append(frame);
        }
        return text.toString();
    }
}
