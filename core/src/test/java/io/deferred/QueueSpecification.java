// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.stream.IntStream;

/** What the Lincheck tests take a queue for: items, or a line of threads, and what threads that have been served have got. */
public abstract class QueueSpecification {
    private final int size;
    private final Queue<Integer> items = new ArrayDeque<>();
    private final Set<Integer> line = new LinkedHashSet<>(
            IntStream.rangeClosed(1, QueueLincheckTest.BACKLOG).boxed().toList());
    private final Map<Integer, Integer> got = new HashMap<>();

    QueueSpecification(int size) {
        this.size = size;
    }

    public void put(int item) {
        if (!line.isEmpty()) {
            int first = line.iterator().next();
            line.remove(first);
            got.put(first, item);
        } else if (items.size() < size) {
            items.add(item);
        } else {
            throw new QueueOverflowException(size);
        }
    }

    public boolean get(int thread) {
        if (line.contains(thread) || got.containsKey(thread)) {
            return false;
        }
        if (!items.isEmpty()) {
            got.put(thread, items.remove());
        } else if (line.size() < QueueLincheckTest.BACKLOG) {
            line.add(thread);
        } else {
            throw new QueueUnderflowException(QueueLincheckTest.BACKLOG);
        }
        return true;
    }

    public String leave(int thread) {
        if (line.remove(thread)) {
            return "gave up";
        }
        Integer item = got.remove(thread);
        return item == null ? "had not come" : "got " + item;
    }

    public int pending() {
        return items.size();
    }

    public int waiting() {
        return line.size();
    }
}
