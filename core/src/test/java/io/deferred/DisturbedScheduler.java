// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A virtual clock that keeps each action, so that a test can make a call too late, and that can be disturbed just before it hands out the handle of a call, takes one back, or tells the time. */
final class DisturbedScheduler implements Scheduler {
    final VirtualClock clock = new VirtualClock();
    final List<Runnable> actions = new ArrayList<>();
    private final List<Runnable> disturbances = new ArrayList<>();
    private final List<Runnable> disturbancesOfTime = new ArrayList<>();
    private final List<Runnable> disturbancesOfTakingBack = new ArrayList<>();

    /** Does this in the middle of the next callLater, when the call is armed. */
    void whileArming(Runnable disturbance) {
        disturbances.add(disturbance);
    }

    /** Does this when it is next asked for the time. */
    void whileAskedForTheTime(Runnable disturbance) {
        disturbancesOfTime.add(disturbance);
    }

    /** Does this when a call is next to be taken back, and is armed still. */
    void whileTakingBack(Runnable disturbance) {
        disturbancesOfTakingBack.add(disturbance);
    }

    private static void disturb(List<Runnable> disturbances) {
        List<Runnable> now = List.copyOf(disturbances);
        disturbances.clear();
        now.forEach(Runnable::run);
    }

    @Override
    public Duration now() {
        disturb(disturbancesOfTime);
        return clock.now();
    }

    @Override
    public DelayedCall callLater(Duration delay, Runnable action) {
        DelayedCall call = clock.callLater(delay, action);
        actions.add(action);
        disturb(disturbances);
        return handle(call);
    }

    private DelayedCall handle(DelayedCall call) {
        return (DelayedCall) Proxy.newProxyInstance(
                DelayedCall.class.getClassLoader(), new Class<?>[] {DelayedCall.class}, (proxy, method, args) -> {
                    if (method.getName().equals("tryCancel")) {
                        disturb(disturbancesOfTakingBack);
                    }
                    return method.invoke(call, args);
                });
    }

    @Override
    public List<DelayedCall> delayedCalls() {
        return clock.delayedCalls();
    }
}
