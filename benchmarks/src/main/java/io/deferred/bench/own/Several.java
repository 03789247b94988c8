// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.own;

import io.deferred.Deferred;
import io.deferred.DeferredList;
import io.deferred.Join;
import java.util.List;
import java.util.stream.Stream;

/** Waiting for several. Members, and the array or list that they come in, are given, save in the two that say so. */
final class Several {
    private Several() {}

    static Stream<Work<?>> works() {
        return Parts.works(
                Work.of("gather-10", () -> gathered(Parts.unfired(10))),
                Work.of("gather-1000", () -> gathered(Parts.unfired(1000))),
                Work.given("gather-10-given", () -> Parts.unfired(10), Several::gathered),
                Work.given("gather-1000-given", () -> Parts.unfired(1000), Several::gathered),
                Work.given("list-10-given", () -> Members.of(10), m -> m.fireAfter(DeferredList.all(m.list))),
                Work.given("race-10-given", () -> Members.of(10), m -> m.fireAfter(Deferred.race(m.list))),
                Work.given(
                        "join-2-given",
                        () -> Parts.unfired(2),
                        m -> firedAfter(Join.of(m[0], m[1], (String a, String b) -> a), m)));
    }

    private static Object gathered(Deferred<String>[] members) {
        return firedAfter(Deferred.gatherResults(members), members);
    }

    private static Object firedAfter(Deferred<?> whole, Deferred<String>[] members) {
        Parts.fire(members);
        return whole;
    }

    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    private record Members(Deferred<String>[] array, List<Deferred<String>> list) {
        static Members of(int count) {
            Deferred<String>[] array = Parts.unfired(count);
            return new Members(array, List.of(array));
        }

        Object fireAfter(Deferred<?> whole) {
            return firedAfter(whole, array);
        }
    }
}
