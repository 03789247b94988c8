// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.fetch;

import io.deferred.Deferred;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Reads a body up to a limit, and cancels the rest. The client calls it from one thread at a time. */
final class LimitedBody implements BodySubscriber<Content> {
    private final int limit;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Deferred<Content> content = new Deferred<>();
    private @Nullable Subscription subscription;

    LimitedBody(int limit) {
        this.limit = limit;
    }

    @Override
    public CompletionStage<Content> getBody() {
        return content.toCompletableFuture();
    }

    @Override
    public void onSubscribe(Subscription given) {
        subscription = given;
        given.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        if (content.called()) {
            return; // on its way already when we cancelled
        }
        for (ByteBuffer buffer : buffers) {
            byte[] piece = new byte[Math.min(buffer.remaining(), limit - bytes.size())];
            buffer.get(piece);
            bytes.writeBytes(piece);
            if (buffer.hasRemaining()) {
                stop();
                return;
            }
        }
        if (subscription != null) {
            subscription.request(1);
        }
    }

    private void stop() {
        if (subscription != null) {
            subscription.cancel();
        }
        content.callback(new Content(bytes.toByteArray(), false));
    }

    @Override
    public void onError(Throwable error) {
        if (!content.called()) {
            content.errback(error);
        }
    }

    @Override
    public void onComplete() {
        if (!content.called()) {
            content.callback(new Content(bytes.toByteArray(), true));
        }
    }
}
