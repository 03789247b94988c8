// SPDX-License-Identifier: Apache-2.0
package io.deferred;

/**
 * A report: a pipeline has ended with a failure that no errback handled.
 *
 * @param failure what went wrong
 * @param where which Deferred it is, with its label if it has one
 * @param reason why it is reported now
 * @param details the stories of the Deferreds that the failure went through, if they have some, in lines; otherwise how to have them kept, see {@link Debugging}
 */
public record UnhandledFailure(Failure failure, String where, String reason, String details) {
    /**
     * Returns all but the stack traces.
     *
     * @return lines, the last one not ended
     */
    public String text() {
        String handled =
                failure.handling().map(f -> ", which arose while handling " + f).orElse("");
        return "Unhandled failure in " + where + " (" + reason + ")" + handled + System.lineSeparator() + details;
    }
}
