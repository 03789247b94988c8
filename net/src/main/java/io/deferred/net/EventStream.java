// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.deferred.Deferred;
import io.deferred.DelayedCall;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Events as the bytes of a body, with a comment where none has come for a while. Served, it is confined to the loop. */
final class EventStream implements Source<byte[]> {
    static final Duration PAUSE = Duration.ofSeconds(15);
    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.UTF_8);

    private final Source<ServerSentEvent> events;
    private final Duration pause;

    /** Asked for, and still on its way after a comment has gone out in its place. */
    private @Nullable Deferred<@Nullable ServerSentEvent> coming;

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
        Deferred<byte @Nullable []> answer = new Deferred<>(cancelled -> stop());
        waiting = answer;
        comment = reactor.callLater(pause, () -> answer(COMMENT));
        if (coming == null) {
            coming = events.next().continueOn(reactor);
            coming.<byte @Nullable []>addCallback(EventStream::encoded)
                    .consume(this::arrived)
                    .handle(failure -> {
                        Deferred<byte @Nullable []> asker = take();
                        if (asker != null) {
                            asker.errback(failure);
                        }
                    });
        }
        return answer;
    }

    private static byte @Nullable [] encoded(@Nullable ServerSentEvent event) {
        return event == null ? null : event.encoded();
    }

    private void arrived(byte @Nullable [] event) {
        coming = null;
        answer(event);
    }

    private void answer(byte @Nullable [] bytes) {
        Deferred<byte @Nullable []> asker = take();
        if (asker != null) {
            asker.callback(bytes);
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

    private void stop() {
        take();
        close();
    }

    @Override
    public void close() {
        Deferred<?> asked = coming;
        coming = null;
        if (asked != null) {
            asked.cancel();
        }
        events.close();
    }
}
