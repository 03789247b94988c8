// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.scenario;

/** Arrays of promises, which the language lets nobody make with their type arguments. */
final class PromiseArrays {
    private PromiseArrays() {}

    /** The same array, which is new and empty, with the type arguments that its user gives it. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // there is nothing in it
    static <P> P[] typed(Object[] empty) {
        return (P[]) empty;
    }
}
