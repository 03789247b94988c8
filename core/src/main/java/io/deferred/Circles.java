// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Finds who waits for himself, by a search in depth that keeps its own stack. */
final class Circles {
    private static final class Visit {
        final WaitNode node;
        final Iterator<WaitNode> rest;

        Visit(WaitNode node) {
            this.node = node;
            this.rest = node.waitsFor.iterator();
        }
    }

    private final Map<WaitNode, Boolean> isOnPath = new HashMap<>(); // of those that were visited; node has identity
    private final List<List<WaitNode>> found = new ArrayList<>();

    private Circles() {}

    /** One circle for each edge that leads back to the path on which it was met; nodes on them are marked. */
    static List<List<WaitNode>> in(Collection<WaitNode> nodes) {
        Circles search = new Circles();
        nodes.forEach(search::visit);
        return search.found;
    }

    private void visit(WaitNode start) {
        if (isOnPath.containsKey(start)) {
            return;
        }
        Deque<Visit> path = new ArrayDeque<>();
        enter(path, start);
        while (!path.isEmpty()) {
            Visit last = path.getLast();
            if (!last.rest.hasNext()) {
                isOnPath.put(last.node, false);
                path.removeLast();
                continue;
            }
            WaitNode next = last.rest.next();
            Boolean onPath = isOnPath.get(next);
            if (onPath == null) {
                enter(path, next);
            } else if (onPath) {
                circle(path, next);
            }
        }
    }

    private void enter(Deque<Visit> path, WaitNode node) {
        isOnPath.put(node, true);
        path.add(new Visit(node));
    }

    private void circle(Deque<Visit> path, WaitNode begin) {
        List<WaitNode> circle = new ArrayList<>();
        for (Visit visit : path) {
            if (visit.node == begin || !circle.isEmpty()) {
                circle.add(visit.node);
                visit.node.inACircle = true;
            }
        }
        found.add(circle);
    }
}
