// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.deferred.AlreadyCalledException;
import io.deferred.Canceller;
import io.deferred.Deferred;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A Deferred that the engine fires, on the loop of whoever has asked for it.
 *
 * <p>Accepted race: a cancel on another thread may fire it while its value is on the way. The value then goes to whoever closes it.
 */
final class Pledge<T extends @Nullable Object> {
    private final Reactor home;
    private final Deferred<T> deferred;
    private final Consumer<? super T> tooLate;

    /** For the thread that asks. */
    Pledge(Reactor reactor, String label, Canceller<T> canceller, Consumer<? super T> tooLate) {
        this.home = reactor.home();
        this.deferred = new Deferred<>(canceller).named(label);
        this.tooLate = tooLate;
    }

    Deferred<T> deferred() {
        return deferred;
    }

    void succeed(T value) {
        home.tell(() -> {
            try {
                deferred.callback(value);
            } catch (AlreadyCalledException e) {
                tooLate.accept(value);
            }
        });
    }

    void fail(Throwable error) {
        home.tell(() -> {
            try {
                deferred.errback(error);
            } catch (AlreadyCalledException e) {
                // It was cancelled, and this is what the cancel led to.
            }
        });
    }
}
