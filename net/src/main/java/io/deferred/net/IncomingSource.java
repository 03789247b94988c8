// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.deferred.Deferred;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What a peer sends as a body. But for {@link #next} and {@link #refused}, confined to the loop. */
final class IncomingSource implements Source<byte[]> {
    /*
     * It reads ahead, so that a small body comes to its end, and frees its connection, even if nobody reads it; then it stops the stream until that is read. At the end, or after a failure, all that has come is
     * still given first.
     */
    static final int READ_AHEAD = 64 * 1024;

    private final Reactor reactor;
    private final ReadStream<Buffer> stream;
    private final String what;
    private final long limit;
    private final Runnable abort;
    private final Runnable over;
    private final Runnable active;
    private final Deque<byte[]> ahead = new ArrayDeque<>();
    private int held;
    private long total;
    private boolean stopped;
    private boolean ended;
    private boolean discarding;
    private long discarded;
    private volatile boolean refused;
    private @Nullable Throwable failure;
    private @Nullable Pledge<byte @Nullable []> asked;

    /** For the loop, before the stream has given anything. */
    IncomingSource(
            Reactor reactor,
            ReadStream<Buffer> stream,
            String what,
            long limit,
            Runnable abort,
            Runnable over,
            Runnable active) {
        this.reactor = reactor;
        this.stream = stream;
        this.what = what;
        this.limit = limit;
        this.abort = abort;
        this.over = over;
        this.active = active;
        stream.exceptionHandler(this::fail);
        stream.endHandler(ignored -> end());
        stream.handler(this::received);
    }

    boolean ended() {
        return ended || failure != null;
    }

    /** All of it has come. */
    boolean whole() {
        return ended;
    }

    /** Whoever reads it has a limit of their own, and finds it too large. */
    void refused() {
        refused = true;
    }

    boolean tooLarge() {
        return refused || failure instanceof BodyTooLargeException;
    }

    /** More than is thrown away in silence. */
    boolean muchDiscarded() {
        return discarded > READ_AHEAD;
    }

    private void received(Buffer data) {
        total += data.length();
        active.run();
        if (discarding) {
            discarded += data.length();
            if (muchDiscarded()) {
                abort.run();
            }
        } else if (ended()) {
            return;
        } else if (total > limit) {
            refuse();
        } else if (asked != null) {
            answer(data.getBytes());
        } else {
            ahead.add(data.getBytes());
            held += data.length();
            if (held >= READ_AHEAD && !stopped) {
                stopped = true;
                stream.pause();
            }
        }
    }

    private void refuse() {
        fail(new BodyTooLargeException(what, limit));
        abort.run();
    }

    private void end() {
        if (ended()) {
            return;
        }
        ended = true;
        over.run();
        if (asked != null) {
            answer(null);
        }
    }

    /** The connection is lost, or the exchange is over. */
    void fail(Throwable thrown) {
        if (ended()) {
            return;
        }
        failure = EngineFailures.translated(thrown, what);
        over.run();
        Pledge<byte @Nullable []> waiting = asked;
        if (waiting != null) {
            asked = null;
            waiting.fail(failure);
        }
    }

    private void answer(byte @Nullable [] piece) {
        Pledge<byte @Nullable []> waiting = asked;
        asked = null;
        if (waiting != null) {
            waiting.succeed(piece);
        }
    }

    @Override
    public Deferred<byte @Nullable []> next() {
        Pledge<byte @Nullable []> pledge =
                new Pledge<>(reactor, "the body of " + what, cancelled -> withdraw(cancelled), late -> {});
        reactor.tell(() -> give(pledge));
        return pledge.deferred();
    }

    private void give(Pledge<byte @Nullable []> pledge) {
        byte[] piece = ahead.poll();
        if (piece != null) {
            held -= piece.length;
            if (stopped && held < READ_AHEAD / 2) {
                stopped = false;
                stream.resume();
            }
            pledge.succeed(piece);
        } else if (failure != null) {
            pledge.fail(failure);
        } else if (discarding) {
            pledge.fail(aborted());
        } else if (ended) {
            pledge.succeed(null);
        } else if (asked != null) {
            pledge.fail(
                    new IllegalStateException(
                            what
                                    + ": the next piece of its body was asked for while another is still waited for; ask after that has fired"));
        } else {
            asked = pledge;
        }
    }

    /** Who asked has cancelled, and is told that by the Deferred itself. */
    private void withdraw(Deferred<?> cancelled) {
        reactor.run(() -> {
            if (asked != null && asked.deferred() == cancelled) {
                asked = null;
            }
            close();
        });
    }

    @Override
    public void close() {
        reactor.run(() -> {
            ahead.clear();
            if (!ended()) {
                fail(aborted());
                abort.run();
            }
        });
    }

    private ConnectionLostException aborted() {
        return new ConnectionLostException(what, LossReason.ABORTED_HERE, null);
    }

    /** Throws away what is left. Who still reads is not to take that for the end. */
    void discard() {
        reactor.run(() -> {
            discarding = true;
            ahead.clear();
            held = 0;
            Pledge<byte @Nullable []> reader = asked;
            if (reader != null) {
                asked = null;
                reader.fail(aborted());
            }
            if (stopped) {
                stopped = false;
                stream.resume();
            }
        });
    }
}
