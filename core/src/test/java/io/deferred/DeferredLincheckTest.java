// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.Optional;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/**
 * A Deferred that threads fire, cancel, add to and read: one of them fires it, every callback runs once, in the order in which it was added, on what the one before it has made. Each leaves its mark in the result.
 */
@Param(name = "n", gen = IntGen.class, conf = "1:9")
@SuppressWarnings("CheckReturnValue") // this Deferred has the same type all the time
public final class DeferredLincheckTest extends LincheckTest {
    private final Deferred<String> deferred = new Deferred<>();

    public DeferredLincheckTest() {
        super(DeferredSpecification.class);
    }

    @Operation
    public void callback(@Param(name = "n") int value) {
        deferred.callback("" + value);
    }

    @Operation
    public void errback(@Param(name = "n") int error) {
        deferred.errback(new IllegalArgumentException("" + error));
    }

    @Operation
    public boolean cancel() {
        return deferred.cancel() == Cancellation.FAILED;
    }

    @Operation
    public void addCallback(@Param(name = "n") int step) {
        deferred.addCallback(value -> value + "c" + step);
    }

    @Operation
    public void addErrback(@Param(name = "n") int step) {
        deferred.addErrback(failure -> Marks.of(failure) + "e" + step);
    }

    @Operation
    public void addBoth(@Param(name = "n") int step) {
        deferred.addBoth(outcome -> Marks.after(outcome, step));
    }

    @Operation
    public boolean called() {
        return deferred.called();
    }

    /** What has become of it when its callbacks have run. */
    @Operation
    public String outcome() {
        while (deferred.called()) {
            Optional<Outcome<String>> outcome = deferred.outcome();
            if (outcome.isPresent()) {
                return Marks.of(outcome.get());
            }
            Busy.yieldToOwner(); // to the one who runs them
        }
        return "unfired";
    }
}
