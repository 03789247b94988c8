// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.own;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** All works, in the order of the table. */
final class OwnBytes {
    private OwnBytes() {}

    static List<Work<?>> all() {
        return Stream.<Supplier<Stream<Work<?>>>>of(
                        Pipelines::works, Waits::works, Several::works, Extras::works, Primitives::works)
                .<Work<?>>flatMap(Supplier::get)
                .toList();
    }

    static List<String> names() {
        return all().stream().<String>map(Work::name).toList();
    }
}
