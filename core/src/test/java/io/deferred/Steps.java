// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/** Iterators for the tasks of a Cooperator. */
final class Steps {
    private Steps() {}

    /** One that does these one after the other. */
    static Iterator<Object> steps(Callable<?>... steps) {
        Iterator<Callable<?>> rest = Arrays.asList(steps).iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rest.hasNext();
            }

            @Override
            public Object next() {
                try {
                    return rest.next().call();
                } catch (Exception e) {
                    return new Failure(e).raise();
                }
            }
        };
    }

    /** One that says a word at each step. */
    static Iterator<Object> saying(List<Object> seen, String word, int times) {
        return IntStream.range(0, times).<Object>mapToObj(i -> seen.add(word)).iterator();
    }
}
