// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TimerHeapTest {
    private final TimerHeap heap = new TimerHeap();
    private int made;

    /** Each with its number, by which ties are broken as by the order of arming. */
    private static final class Entry extends TimerEntry {
        final int number;

        Entry(int number, long due) {
            super(null);
            this.number = number;
            this.order = number;
            this.due = due;
        }

        @Override
        void perform() {}
    }

    private Entry add(long due) {
        Entry entry = new Entry(made++, due);
        heap.add(entry);
        return entry;
    }

    private List<TimerEntry> takeAll() {
        List<TimerEntry> all = new ArrayList<>();
        for (TimerEntry first = heap.first(); first != null; first = heap.first()) {
            heap.remove(first);
            all.add(first);
        }
        return all;
    }

    @Test
    void theFirstThatIsDueIsOnTop() {
        Entry c = add(30);
        Entry a = add(10);
        Entry d = add(Long.MAX_VALUE);
        Entry b = add(20);
        assertThat(takeAll()).containsExactly(a, b, c, d);
    }

    @Test
    void ofThoseThatAreDueAtTheSameTimeTheFirstArmedIsOnTop() {
        List<TimerEntry> inOrder = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            inOrder.add(add(5));
        }
        assertThat(takeAll()).isEqualTo(inOrder);
    }

    @Test
    void theOrderOfArmingMayWrap() {
        made = Integer.MAX_VALUE - 1;
        List<TimerEntry> inOrder = List.of(add(5), add(5), add(5), add(5));
        assertThat(inOrder.get(3).order).isNegative();
        assertThat(takeAll()).isEqualTo(inOrder);
    }

    @Test
    void whatIsNotInHereIsNotTakenOut() {
        TimerHeap other = new TimerHeap();
        Entry here = add(1);
        Entry elsewhere = new Entry(0, 1);
        other.add(elsewhere);
        assertThat(heap.remove(elsewhere))
                .as("it has the same place, in another heap")
                .isFalse();
        assertThat(heap.remove(here)).isTrue();
        assertThat(heap.remove(here)).isFalse();
        here.index = TimerEntry.CANCELLED;
        assertThat(heap.remove(here)).isFalse();
        assertThat(heap.size()).isZero();
    }

    @Test
    void nothingRefersToWhatHasLeft() {
        Entry a = add(1);
        Entry b = add(2);
        Entry c = add(3);
        heap.remove(a);
        heap.remove(c);
        assertThat(heap.entries).containsOnlyOnce(b).doesNotContain(a, c);
        heap.remove(b);
        assertThat(heap.entries).containsOnlyNulls();
    }

    @Test
    void roomThatIsNotNeededIsGivenBack() {
        List<TimerEntry> all = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            all.add(add(i));
        }
        heap.trim();
        assertThat(heap.entries).hasSize(1024);
        all.subList(10, 1000).forEach(heap::remove);
        heap.trim();
        assertThat(heap.entries).hasSize(20);
        assertThat(takeAll()).isEqualTo(all.subList(0, 10));
        heap.trim();
        assertThat(heap.entries).isEmpty();
    }

    @Test
    void whatIsDoneAtRandomIsDoneAsByASortedSet() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        TreeSet<Entry> reference =
                new TreeSet<>(Comparator.comparingLong((Entry e) -> e.due).thenComparingInt(e -> e.number));
        List<Entry> inside = new ArrayList<>();
        for (int step = 0; step < 200_000; step++) {
            boolean grow = random.nextInt(100) < (step / 2000 % 2 == 0 ? 60 : 40); // to some hundreds, and back
            if (grow || inside.isEmpty()) {
                Entry entry = add(random.nextInt(50));
                inside.add(entry);
                reference.add(entry);
            } else {
                int place = random.nextInt(inside.size());
                Entry entry = random.nextInt(4) == 0 ? reference.first() : inside.get(place);
                inside.remove(entry);
                reference.remove(entry);
                assertThat(heap.remove(entry)).isTrue();
            }
            if (step % 1000 == 0) {
                heap.trim();
            }
            if (heap.size() != reference.size() || heap.first() != (reference.isEmpty() ? null : reference.first())) {
                throw new AssertionError("not as the reference after step " + step + " with the seed " + seed);
            }
        }
        assertThat(takeAll()).as("with the seed %s", seed).isEqualTo(new ArrayList<>(reference));
    }
}
