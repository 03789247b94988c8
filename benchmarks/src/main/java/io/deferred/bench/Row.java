// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * The figures of one case.
 *
 * @param name of the case
 * @param figures of each library that took part
 */
record Row(String name, Map<Library, Figure> figures) {
    /** The fastest of the others. */
    Optional<Map.Entry<Library, Figure>> bestPeer() {
        return figures.entrySet().stream()
                .filter(e -> e.getKey() != Library.DEFERRED && e.getValue().timed())
                .min(Comparator.comparingDouble(e -> e.getValue().nanos()));
    }

    /** Our time over that of another; empty if there is no time of one of the two. */
    Optional<Double> timeRatioTo(Library other) {
        return timed(Library.DEFERRED).flatMap(ours -> timed(other).map(theirs -> ours.nanos() / theirs.nanos()));
    }

    private Optional<Figure> timed(Library library) {
        return Optional.ofNullable(figures.get(library)).filter(Figure::timed);
    }
}
