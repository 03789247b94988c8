// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The state of a Deferred that waits at the end of a long row out of whose middle some have been left: it really waits for {@link #inner()}, and shows {@link #first}.
 *
 * <p>A loop that is written as recursion makes each turn wait for the next one. A turn that has nothing left to do but to give its result to the turn before need not be
 * kept in between, unless somebody adds to it or pauses it later; then it is put back into its place when the result comes by. From then on there is a link for each gap
 * between those that were put back.
 */
final class Link extends Token {
    /** So many in a row before they are left out: a short row stays as it was made. */
    static final int LIMIT = 1000;

    final Pipeline first;

    /** Written by the one thread that may resume the row; read by any. */
    private volatile Pipeline inner;

    private int times; // confined to the thread that may resume the row

    /** Those that were put back, and whom each shows to wait for; null for none, as most often. Guarded by this. */
    private @Nullable TreeMap<Place, Pipeline> putBack;

    /** Once the result has come by: the gaps, the outermost first; what lies inside of the last one's inner end has fired. */
    private volatile @Nullable List<Gap> gaps;

    /** A place between the end of the row, which is first in this order, and the inner one. */
    private record Place(int number, int toEnd, Pipeline pipeline) implements Comparable<Place> {
        /** Null if the pipeline is not left out any more. */
        static @Nullable Place of(Pipeline pipeline, LeftOut mark) {
            int toEnd = pipeline.indexIn(mark);
            return toEnd < 0 ? null : new Place(mark.number(), toEnd, pipeline);
        }

        @Override
        public int compareTo(Place other) {
            return number != other.number ? Integer.compare(number, other.number) : Integer.compare(other.toEnd, toEnd);
        }
    }

    private record Gap(Link link, Place innerEnd) {}

    Link(Pipeline first, Pipeline inner) {
        this.first = first;
        this.inner = inner;
    }

    Pipeline inner() {
        return inner;
    }

    /** Some more have been left out, and the row waits for the next one. */
    int moveTo(Pipeline next) {
        inner = next;
        return ++times;
    }

    /** Whom one that was left out really waits for; null if the result has come by, or if it is not left out any more. */
    @Nullable
    Pipeline innerFor(Pipeline leftOut, LeftOut mark) {
        List<Gap> found = gaps;
        if (found == null) {
            return inner;
        }
        if (found.isEmpty()) {
            return null; // as most often: nothing has been put back
        }
        Place place = Place.of(leftOut, mark);
        return place == null ? null : innerFor(place);
    }

    private @Nullable Pipeline innerFor(Place place) {
        Link link = this;
        for (List<Gap> found = gaps; found != null; found = link.gaps) {
            link = linkAt(found, place);
            if (link == null) {
                return null;
            }
        }
        return link.inner;
    }

    /** The link of the gap with this place; null if it lies inside of the last one. */
    private static @Nullable Link linkAt(List<Gap> gaps, Place place) {
        int low = 0;
        int high = gaps.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (place.compareTo(gaps.get(middle).innerEnd()) < 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low == gaps.size() ? null : gaps.get(low).link();
    }

    /** Puts one that was left out back into the row. Does nothing if it is back already, or the result has come by. */
    void putBack(Pipeline leftOut, LeftOut mark) {
        Place place = Place.of(leftOut, mark);
        if (place == null) {
            return;
        }
        Link link = this;
        while (link != null) {
            List<Gap> found = link.putBackOrGaps(place, mark);
            link = found == null ? null : linkAt(found, place);
        }
    }

    /** Puts it back; or, if the result has come by here, returns the gaps, in one of which it may still be. */
    private synchronized @Nullable List<Gap> putBackOrGaps(Place place, LeftOut mark) {
        if (gaps == null) {
            Pipeline shown = mark.shownBy(place.pipeline());
            if (shown != null && place.pipeline().cas(mark, shown)) {
                if (putBack == null) {
                    putBack = new TreeMap<>();
                }
                putBack.put(place, shown);
            }
        }
        return gaps;
    }

    /**
     * Ends the leaving-out: makes those that were put back wait for one another as they did. For the thread that may resume the row.
     *
     * @return the one that waits for the giver now; null if this has been done before
     */
    @Nullable
    Pipeline unfold(Pipeline end, Pipeline giver) {
        Pipeline outer = end;
        synchronized (this) {
            if (gaps != null) {
                return null;
            }
            Pipeline shown = first;
            Map<Place, Pipeline> back = putBack == null ? Map.of() : putBack;
            Gap[] made = new Gap[back.size()];
            int i = 0;
            for (Map.Entry<Place, Pipeline> entry : back.entrySet()) {
                Place place = entry.getKey();
                Link link = new Link(shown, place.pipeline());
                made[i++] = new Gap(link, place);
                outer.waitInsteadFor(link);
                place.pipeline().passTo(outer);
                outer = place.pipeline();
                shown = entry.getValue();
            }
            gaps = List.of(made);
        }
        outer.waitInsteadFor(giver);
        return outer;
    }
}
