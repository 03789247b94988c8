// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.deferred.Deferred;
import org.jspecify.annotations.Nullable;

/** What has been begun on a loop, and has not come about: it fails when the loop stops, of which the engine may tell nobody. Confined to the loop. */
final class Attempt implements Resident {
    private final String what;
    private final Pledge<?> pledge;

    private Attempt(String what, Pledge<?> pledge) {
        this.what = what;
        this.pledge = pledge;
    }

    /** Has the loop begin it; fails it instead if the reactor is stopping. For any thread. */
    static void begin(Reactor reactor, String what, Pledge<?> pledge, Runnable task) {
        reactor.tell(() -> {
            Attempt attempt = new Attempt(what, pledge);
            if (reactor.isStopping()) {
                attempt.fail();
            } else {
                reactor.residents().moveIn(attempt);
                pledge.deferred()
                        .tapBoth(ended -> reactor.run(() -> reactor.residents().moveOut(attempt)));
                try {
                    task.run();
                } catch (Throwable t) {
                    pledge.fail(t);
                }
            }
        });
    }

    private void fail() {
        pledge.fail(new ConnectionLostException(what, LossReason.REACTOR_STOPPED, null));
    }

    /** A reactor that drains takes in nothing new, and what comes of this would be new. */
    @Override
    public Deferred<@Nullable Void> drain() {
        return abort();
    }

    @Override
    public Deferred<@Nullable Void> abort() {
        fail();
        return Deferred.succeed(null);
    }
}
