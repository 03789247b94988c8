// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/**
 * A Deferred that is paused and let go while threads fire it and add to it: no callback is stranded when the last pause has gone, and the order is kept. A pause holds a run wherever that has come to; so nobody
 * looks while something is under way, nor at a result that is held.
 */
@Param(name = "n", gen = IntGen.class, conf = "1:9")
@SuppressWarnings("CheckReturnValue") // this Deferred has the same type all the time
public final class PauseLincheckTest extends LincheckTest {
    private final Deferred<String> deferred = new Deferred<>();
    private final Quiescence quiescence = new Quiescence();

    /** Paused, and with something to hold back: where most that can go wrong begins. */
    public static final class Specification extends DeferredSpecification {
        public Specification() {
            addBoth(0);
            pause();
        }
    }

    public PauseLincheckTest() {
        super(Specification.class);
        addBoth(0);
        pause();
    }

    @Operation
    public void callback(@Param(name = "n") int value) {
        quiescence.disturb(() -> deferred.callback("" + value));
    }

    @Operation
    public void addBoth(@Param(name = "n") int step) {
        quiescence.disturb(() -> deferred.addBoth(outcome -> Marks.after(outcome, step)));
    }

    @Operation
    public void pause() {
        quiescence.disturb(deferred::pause);
    }

    @Operation
    public void unpause() {
        quiescence.disturb(deferred::unpause);
    }

    @Operation
    public String outcome() {
        return quiescence.look(() -> {
            if (!deferred.called()) {
                return "unfired";
            }
            return deferred.paused() ? "held" : Marks.now(deferred);
        });
    }
}
