// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/**
 * A Deferred that waits for a first one, which is fired, and then for a last one, which nothing but a cancel ends: no cancel is lost, whether it comes before the result, meets the run of either, or comes when that
 * waits again. For a cancel that meets a run only the wait that the run comes to is promised; so nobody looks before everything has come to rest.
 */
@Param(name = "n", gen = IntGen.class, conf = "1:9")
@SuppressWarnings("CheckReturnValue") // this Deferred has the same type all the time
public final class ChainLincheckTest extends LincheckTest {
    private final Deferred<String> first = new Deferred<>();
    private final Deferred<String> last = new Deferred<>();
    private final Deferred<String> deferred =
            Deferred.succeed("").<String>chainCallback(ignored -> first).chainCallback(ignored -> last);
    private final Quiescence quiescence = new Quiescence();

    public ChainLincheckTest() {
        super(ChainSpecification.class);
    }

    @Operation(runOnce = true)
    public void fire(@Param(name = "n") int value) {
        quiescence.disturb(() -> first.callback("" + value));
    }

    @Operation
    public void cancel() {
        quiescence.disturb(deferred::cancel);
    }

    @Operation
    public void addBoth(@Param(name = "n") int step) {
        quiescence.disturb(() -> deferred.addBoth(outcome -> Marks.after(outcome, step)));
    }

    @Operation
    public String outcome() {
        return quiescence.look(() -> deferred.waitingFor()
                .map(inner -> inner == first ? "waits for the first" : "waits for the last")
                .orElseGet(() -> Marks.now(deferred)));
    }
}
