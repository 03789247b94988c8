// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * A function of {@link Deferred#deferToThread(java.util.concurrent.Executor, java.util.concurrent.Callable) deferToThread} or a body of {@link Deferred#async(java.util.concurrent.Callable) async} that still runs although its
 * Deferred was cancelled: it does not heed the interrupt, or goes on with what is left to do. Known of those whose Deferred has a story, see {@link Debugging}.
 *
 * @param what which work it is, of which Deferred, and where that was made
 * @param cancelled where, and by which thread
 * @param since how long ago that was
 * @param thread that does the work
 * @param stack where that is now
 */
public record OutlivingWork(
        String what, String cancelled, Duration since, Thread thread, List<StackTraceElement> stack) {
    /**
     * Copies the stack.
     *
     * @param what which work it is
     * @param cancelled where, and by which thread
     * @param since how long ago that was
     * @param thread that does the work
     * @param stack the innermost frame first
     */
    public OutlivingWork {
        stack = List.copyOf(stack);
    }

    /**
     * Lists what runs now although it was cancelled some time ago.
     *
     * @param limit how long ago at least; zero for all
     * @return a new list, in no particular order; measured by what {@link Debugging#measureBy} says
     */
    public static List<OutlivingWork> longerThan(Duration limit) {
        return Works.outliving(Objects.requireNonNull(limit, "limit"), Debugging.now());
    }

    /**
     * Returns the whole report.
     *
     * @return lines, the last one not ended
     */
    public String text() {
        StringBuilder text = new StringBuilder("Still at work ")
                .append(since)
                .append(" after its cancel: ")
                .append(what)
                .append(", ")
                .append(cancelled)
                .append("; it runs on thread ")
                .append(Site.nameOf(thread));
        for (StackTraceElement frame : stack) {
            text.append(System.lineSeparator()).append("\tat ").append(frame);
        }
        return text.toString();
    }
}
