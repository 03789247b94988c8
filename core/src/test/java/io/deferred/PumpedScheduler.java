// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Remembers the calls that it is given, without any time, until somebody pumps. Unlike a clock that is moved, it leaves those for the next time that are armed meanwhile. */
final class PumpedScheduler implements Scheduler {
    private record Remembered(DelayedCall call, Runnable action) {}

    private final VirtualClock still = new VirtualClock();
    private List<Remembered> remembered = new ArrayList<>();

    @Override
    public Duration now() {
        return still.now();
    }

    @Override
    public synchronized DelayedCall callLater(Duration delay, Runnable action) {
        DelayedCall call = still.callLater(delay, action);
        remembered.add(new Remembered(call, action));
        return call;
    }

    @Override
    public List<DelayedCall> delayedCalls() {
        return still.delayedCalls();
    }

    private synchronized List<Remembered> take() {
        List<Remembered> taken = remembered;
        remembered = new ArrayList<>();
        return taken;
    }

    /** Makes those calls that are remembered now, and not cancelled when it is their turn. */
    void pump() {
        for (Remembered next : take()) {
            if (next.call().tryCancel()) {
                next.action().run();
            }
        }
    }

    void pump(int times) {
        for (int i = 0; i < times; i++) {
            pump();
        }
    }

    void assertNothingArmed() {
        assertThat(delayedCalls()).isEmpty();
    }
}
