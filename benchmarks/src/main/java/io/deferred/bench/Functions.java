// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench;

/**
 * The functions of the stages of one library. A record, because the JIT trusts the fields of those to be constant.
 *
 * @param one the function where all stages have the same
 * @param all the functions that take turns otherwise
 * @param <F> the library's type of function
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
public record Functions<F>(F one, F[] all) {
    /** These; all are to do the same, each as a class of its own. */
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    public static <F> Functions<F> of(F... all) {
        return new Functions<>(all[0], all);
    }

    /** The function of a stage. */
    public F at(int stage) {
        return Scenario.MIXED ? all[stage % all.length] : one;
    }
}
