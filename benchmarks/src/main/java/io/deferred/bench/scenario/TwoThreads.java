// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.scenario;

import io.deferred.bench.Scenario;

/** A scenario in which a partner works beside the caller, SIZE times in each call. */
abstract class TwoThreads extends Scenario {
    final Partner partner = new Partner();

    @Override
    public int operations() {
        return SIZE;
    }

    @Override
    public void close() {
        partner.close();
    }
}
