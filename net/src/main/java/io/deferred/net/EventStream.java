// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.deferred.Deferred;
import io.deferred.DelayedCall;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Events as the bytes of a body, with a comment where none has come for a while. Served, it is confined to the loop. */
final class EventStream implements Source<byte[]> {
    static final Duration PAUSE = Duration.ofSeconds(15);
    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.UTF_8);

    private final Source<ServerSentEvent> events;
    private final Duration pause;

    /** Asked for, and not handed over: after a comment has gone out in its place, it may come while nobody waits for it. */
    private @Nullable Deferred<byte @Nullable []> coming;

    private boolean arrived;
    private @Nullable Deferred<byte @Nullable []> waiting;
    private @Nullable DelayedCall comment;

    EventStream(Source<ServerSentEvent> events) {
        this(events, PAUSE);
    }

    EventStream(Source<ServerSentEvent> events, Duration pause) {
        this.events = events;
        this.pause = pause;
    }

    @Override
    public Deferred<byte @Nullable []> next() {
        Reactor reactor = Reactor.current().orElse(null);
        if (reactor == null) {
            return events.next().<byte @Nullable []>addCallback(EventStream::encoded);
        }
        if (coming == null) {
            ask(reactor);
        }
        Deferred<byte @Nullable []> answer = new Deferred<>(cancelled -> close());
        waiting = answer;
        comment = reactor.callLater(pause, this::sayNothing);
        handOver();
        return answer;
    }

    private void ask(Reactor reactor) {
        arrived = false;
        Deferred<byte @Nullable []> asked =
                events.next().continueOn(reactor).<byte @Nullable []>addCallback(EventStream::encoded);
        coming = asked;
        asked.tapBoth(ended -> {
            arrived = true;
            handOver();
        });
    }

    private static byte @Nullable [] encoded(@Nullable ServerSentEvent event) {
        return event == null ? null : event.encoded();
    }

    private void handOver() {
        Deferred<byte @Nullable []> event = coming;
        if (event != null && arrived && waiting != null) {
            coming = null;
            Deferred<byte @Nullable []> asker = take();
            if (asker != null) {
                event.chainDeferred(asker);
            }
        }
    }

    private void sayNothing() {
        Deferred<byte @Nullable []> asker = take();
        if (asker != null) {
            asker.callback(COMMENT);
        }
    }

    private @Nullable Deferred<byte @Nullable []> take() {
        Deferred<byte @Nullable []> asker = waiting;
        waiting = null;
        if (comment != null) {
            comment.tryCancel();
            comment = null;
        }
        return asker;
    }

    @Override
    public void close() {
        take();
        Deferred<?> asked = coming;
        coming = null;
        if (asked != null && !arrived) {
            asked.cancel();
            asked.handle(failure -> {
                if (!(failure.exception() instanceof CancellationException)) {
                    Unhandled.report(failure.exception(), "an event for which nobody waits any more");
                }
            });
        }
        events.close();
    }
}
