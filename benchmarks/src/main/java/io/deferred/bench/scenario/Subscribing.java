// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.scenario;

import io.deferred.bench.Scenario;
import io.deferred.bench.Step;
import io.smallrye.mutiny.subscription.UniEmitter;

/** A scenario in which some libraries tell a subscriber the value, instead of keeping it. */
abstract class Subscribing extends Scenario {
    /** What the subscriber was told. */
    Step last;

    /** By which Mutiny's promise is fired, once somebody has subscribed to it. */
    UniEmitter<? super Step> emitter;

    /** Returns what the subscriber was told, and forgets it, so that nobody takes it for the result of the next run. */
    final Step told() {
        Step told = last;
        last = null;
        return told;
    }
}
