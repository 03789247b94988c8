// SPDX-License-Identifier: Apache-2.0
package io.deferred.stress.program;

import org.openjdk.jcstress.annotations.Expect;

/**
 * One outcome of a state.
 *
 * @param id the values, as jcstress writes them
 * @param expect what the state says about it
 * @param count how many times it was seen; zero if the state only speaks of it
 */
record Seen(String id, Expect expect, long count) {
    Seen plus(Seen other) {
        return new Seen(id, expect, count + other.count);
    }
}
