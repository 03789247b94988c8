// SPDX-License-Identifier: Apache-2.0
package io.deferred;

/** The one Deferred that the program is waiting for. */
final class Pending {
    Deferred<Integer> now;

    Deferred<Integer> make() {
        now = new Deferred<>();
        return now;
    }

    Deferred<Integer> take() {
        Deferred<Integer> taken = now;
        now = null;
        return taken;
    }
}
