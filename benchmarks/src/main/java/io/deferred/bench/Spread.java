// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Several measurements of the same.
 *
 * @param lowest of them
 * @param median of them; the upper one of two
 * @param highest of them
 */
public record Spread(double lowest, double median, double highest) {
    /**
     * Looks at a property of each.
     *
     * @param all at least one
     * @param property what was measured
     * @param <T> their type
     * @return of these
     */
    public static <T> Spread of(Collection<T> all, ToDoubleFunction<? super T> property) {
        return of(all.stream().mapToDouble(property).toArray());
    }

    /**
     * Looks at numbers.
     *
     * @param values at least one
     * @return of these
     */
    public static Spread of(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Spread(sorted[0], sorted[sorted.length / 2], sorted[sorted.length - 1]);
    }

    /**
     * What several JVMs have measured, put together by what it is: the first of each, then the second of each.
     *
     * @param jvms lists of the same length; at least one
     * @param <T> their type
     * @return as many lists as there are elements in each
     */
    public static <T> List<List<T>> transposed(List<List<T>> jvms) {
        return IntStream.range(0, jvms.get(0).size())
                .mapToObj(i -> jvms.stream().map(jvm -> jvm.get(i)).toList())
                .toList();
    }

    /** The median, and from where to where. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%8.3f  %.3f to %.3f", median, lowest, highest);
    }
}
