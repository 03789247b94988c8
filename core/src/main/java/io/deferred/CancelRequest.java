// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cancel that met a run, and is for what the run waits for next. It stands in the slot of the running pipeline until the owner takes it, and then in the {@link Extras} of that.
 *
 * @param origin the pipeline that was cancelled; from there the cancel is sent on its way again
 * @param by the time-out that it comes from, which may withdraw it; null for a user's
 */
record CancelRequest(Pipeline origin, @Nullable TimeoutCancel by) {
    /** Both lists in one; null for none. */
    static @Nullable List<CancelRequest> both(@Nullable List<CancelRequest> a, @Nullable List<CancelRequest> b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        List<CancelRequest> all = new ArrayList<>(a);
        all.addAll(b);
        return all;
    }

    /** Sends them on, each origin's once: the run has begun to wait. */
    static void sendAll(@Nullable List<CancelRequest> requests) {
        if (requests == null) {
            return;
        }
        List<Pipeline> sent = new ArrayList<>();
        for (CancelRequest request : requests) {
            if (sent.contains(request.origin)) {
                request.end();
            } else {
                sent.add(request.origin);
                request.send();
            }
        }
    }

    /**
     * Sends those on that were for others than the one that has come to its end: they were on their way through it, and met a later run than they had seen. Those for itself
     * come too late for anything but its heir, if it has one.
     */
    static void sendOthers(@Nullable List<CancelRequest> requests, Pipeline ended, @Nullable Pipeline heir) {
        if (requests == null) {
            return;
        }
        for (CancelRequest request : requests) {
            if (request.origin != ended) {
                request.send();
            } else if (heir != null) {
                heir.rememberCancels(List.of(new CancelRequest(heir, request.by)));
            } else {
                request.end();
                Story story = ended.story();
                if (story != null) {
                    story.cancelled("nothing was stopped, because the run that it met has ended without a wait");
                }
            }
        }
    }

    private void send() {
        origin.cancelNow(true, by);
        end();
    }

    /** Tells the time-out that it comes from that it is left with a run. */
    void begin() {
        if (by != null) {
            by.leftWithARun();
        }
    }

    /** Tells the time-out that it comes from that it is not under way any more. */
    void end() {
        if (by != null) {
            by.atItsEnd();
        }
    }
}
