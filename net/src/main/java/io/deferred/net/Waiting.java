// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who waits on a connection. But for {@link #pledge}, confined to the loop. */
final class Waiting {
    private final Reactor reactor;
    private final Set<Pledge<?>> failing = new LinkedHashSet<>();
    private final Set<Pledge<ConnectionLostException>> forLoss = new LinkedHashSet<>();
    private @Nullable ConnectionLostException lost;

    Waiting(Reactor reactor) {
        this.reactor = reactor;
    }

    /** Makes one, which leaves when it is fired, by whomever. */
    <T extends @Nullable Object> Pledge<T> pledge(String label) {
        Pledge<T> pledge = new Pledge<>(reactor, label, cancelled -> {}, late -> {});
        pledge.deferred().tapBoth(ended -> reactor.run(() -> leave(pledge)));
        return pledge;
    }

    private void leave(Pledge<?> pledge) {
        failing.remove(pledge);
        forLoss.remove(pledge);
    }

    void add(Pledge<?> pledge) {
        if (lost != null) {
            pledge.fail(lost);
        } else if (!pledge.deferred().called()) {
            failing.add(pledge);
        }
    }

    void addForLoss(Pledge<ConnectionLostException> pledge) {
        if (lost != null) {
            pledge.succeed(lost);
        } else if (!pledge.deferred().called()) {
            forLoss.add(pledge);
        }
    }

    /** Tells all, those who asked for the loss last: they find that nobody waits any more. */
    void lost(ConnectionLostException reason) {
        lost = reason;
        List<Pledge<?>> failed = new ArrayList<>(failing);
        List<Pledge<ConnectionLostException>> told = new ArrayList<>(forLoss);
        failing.clear();
        forLoss.clear();
        failed.forEach(pledge -> pledge.fail(reason));
        told.forEach(pledge -> pledge.succeed(reason));
    }

    @Nullable
    ConnectionLostException reason() {
        return lost;
    }

    int count() {
        return failing.size() + forLoss.size();
    }
}
