// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import io.deferred.spi.Awaiting;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for whom, of all Deferreds that have a story and are pending, and of what these wait for. No thread is stopped for it: each Deferred is seen as it was at an instant, and all of them not at the same one.
 */
final class WaitGraph {
    private final IdentityHashMap<Object, WaitNode> nodes = new IdentityHashMap<>();
    private final List<WaitNode> all = new ArrayList<>(); // in the order of their ids
    private final List<WaitNode> pending = new ArrayList<>();
    private final Deque<Pipeline> toFollow = new ArrayDeque<>();
    private final IdentityHashMap<Thread, Pipeline> parked = new IdentityHashMap<>();
    private final Duration now = Debugging.now();
    private final List<List<WaitNode>> circles;

    private WaitGraph() {
        for (Parking parking : Parking.now()) {
            parked.put(parking.thread(), parking.deferred());
        }
        for (Story story : Stories.kept()) {
            Pipeline pipeline = story.get();
            if (pipeline != null && isPending(pipeline)) {
                pending.add(nodeOf(pipeline));
            }
        }
        for (Pipeline next = toFollow.poll(); next != null; next = toFollow.poll()) {
            follow(next);
        }
        parked.forEach((thread, deferred) -> {
            WaitNode node = nodes.get(deferred);
            if (node != null) {
                node.awaitedBy.add(Site.nameOf(thread));
            }
        });
        circles = Circles.in(all);
    }

    /** As it is now. */
    static WaitGraph now() {
        return new WaitGraph();
    }

    /** The pending Deferreds with a story. */
    List<WaitNode> pending() {
        return pending;
    }

    /** All nodes: the pending ones, and what else is waited for. */
    List<WaitNode> all() {
        return all;
    }

    /** Those that wait for themselves: each circle in the order of the waiting. */
    List<List<WaitNode>> circles() {
        return circles;
    }

    private static boolean isPending(Pipeline pipeline) {
        return pipeline.resultNow() == null || pipeline.pauses() > 0;
    }

    private WaitNode nodeOf(Pipeline pipeline) {
        WaitNode known = nodes.get(pipeline);
        if (known != null) {
            return known;
        }
        Story story = pipeline.story();
        WaitNode made = story == null
                ? new WaitNode(nodes.size() + 1, "Deferred", pipeline.describe(), null, null, null)
                : new WaitNode(
                        nodes.size() + 1,
                        "Deferred",
                        story.nameAlone(),
                        story.made().line(),
                        now.minus(story.madeAt()),
                        now.minus(story.touchedAt()));
        nodes.put(pipeline, made);
        all.add(made);
        toFollow.add(pipeline);
        return made;
    }

    private void follow(Pipeline pipeline) {
        WaitNode node = nodeOf(pipeline);
        Story story = pipeline.story();
        node.next = story == null ? null : story.next();
        Thread runner = pipeline.runner();
        Pipeline inner = pipeline.shownWaitingFor();
        if (inner != null) {
            node.state = "waits for";
            node.waitsFor.add(nodeOf(inner));
        } else if (runner != null) {
            node.state = "runs on thread " + Site.nameOf(runner);
            Pipeline blocked = parked.get(runner);
            if (blocked != null && blocked != pipeline) {
                node.state += ", which awaits";
                node.waitsFor.add(nodeOf(blocked));
            }
        } else if (pipeline.isFired()) {
            node.state = pipeline.pauses() > 0 ? "is paused" : "has its result";
        } else {
            followUnfired(pipeline, node);
        }
        if (pipeline.pauses() > 0 && !node.state.equals("is paused")) {
            node.state = "paused, " + node.state;
        }
    }

    private void followUnfired(Pipeline pipeline, WaitNode node) {
        Deferred<?>[] members = pipeline instanceof Gathering<?, ?> ? pipeline.membersIfUnfired() : null;
        Canceller<?> canceller = pipeline.cancellerIfAny();
        if (members != null) {
            node.state = "gathers";
            for (Deferred<?> member : members) {
                if (isPending(member)) {
                    node.waitsFor.add(nodeOf(member));
                }
            }
        } else if (canceller instanceof Withdraw<?> withdraw) {
            node.state = "stands in line for";
            node.waitsFor.add(nodeOf(withdraw.line()));
        } else if (canceller instanceof Body<?> body) {
            Deferred<?> awaited = body.awaitedNow();
            node.state = awaited == null ? "its body runs" : "its body awaits";
            if (awaited != null) {
                node.waitsFor.add(nodeOf(awaited));
            }
        } else if (canceller instanceof Sleep sleep) {
            node.state = "waits for " + sleep.awaited();
        } else if (canceller instanceof Awaiting awaiting) {
            node.state = "waits for " + told(awaiting);
        } else {
            Story story = pipeline.story();
            Pipeline source = story == null ? null : story.source();
            node.state = source == null ? "not fired" : "is to be fired by";
            if (source != null) {
                node.waitsFor.add(nodeOf(source));
            }
        }
    }

    /** What a user's own class says, whatever it throws. */
    private static String told(Awaiting awaiting) {
        try {
            return awaiting.awaited();
        } catch (Throwable t) {
            return "what cannot be told, because of " + t.getClass().getName();
        }
    }

    private WaitNode nodeOf(Line line) {
        Object identity = line.identity();
        WaitNode known = nodes.get(identity);
        if (known != null) {
            return known;
        }
        String kind = identity.getClass().getSimpleName();
        String name = line.awaited() + "@" + Integer.toHexString(System.identityHashCode(identity));
        WaitNode made = new WaitNode(nodes.size() + 1, kind, name, null, null, null);
        nodes.put(identity, made);
        all.add(made);
        for (Pipeline holder : line.holders()) {
            Pipeline responsible = pendingFor(holder);
            made.state = "held by";
            if (responsible != null) {
                made.waitsFor.add(nodeOf(responsible));
            }
        }
        return made;
    }

    /** The one that has to end before what was given to the holder is given back: itself, or whom its result went to; null if none of them is pending. */
    private static @Nullable Pipeline pendingFor(Pipeline holder) {
        Pipeline p = holder;
        for (int n = 0; p != null && n < 100; n++) {
            if (isPending(p)) {
                return p;
            }
            Story story = p.story();
            Story waiter = story == null ? null : story.waiter();
            p = waiter == null ? null : waiter.get();
        }
        return null;
    }
}
