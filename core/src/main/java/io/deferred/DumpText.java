// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A {@link WaitGraph} for people to read. */
final class DumpText {
    /** Of one place. More of them say nothing more. */
    private static final int SHOWN_OF_A_GROUP = 10;

    /** To which nothing has happened for so long, somebody may have forgotten. */
    private static final Duration LONG = Duration.ofMinutes(1);

    private final StringBuilder text = new StringBuilder();
    private final Set<WaitNode> others = new LinkedHashSet<>();

    private DumpText() {}

    static String of(WaitGraph graph) {
        DumpText dump = new DumpText();
        dump.write(graph);
        return dump.text.substring(System.lineSeparator().length());
    }

    /** One of them alone, with the line that made it. */
    static String ofOne(WaitGraph graph, Pipeline pipeline) {
        WaitNode node = graph.of(pipeline);
        return node == null ? pipeline.describe() : described(node, called(node));
    }

    private void write(WaitGraph graph) {
        line("Pending Deferreds: " + graph.pending().size());
        for (List<WaitNode> circle : graph.circles()) {
            line("DEADLOCK: "
                    + circle.stream().map(DumpText::called).collect(Collectors.joining(" -> ", "", " -> "))
                    + called(circle.get(0)));
        }
        groups(graph.pending()).forEach(this::write);
        if (!others.isEmpty()) {
            line("What they wait for besides:");
            new ArrayList<>(others).forEach(node -> line("  " + described(node)));
        }
        if (Debugging.sampling() != 1) {
            line(
                    Debugging.sampling() == 0
                            ? "Only those are seen that were made in debug mode, which is off. " + Debugging.hint()
                            : "One Deferred in " + Debugging.sampling() + " is seen.");
        }
    }

    /** The largest first. */
    private static List<List<WaitNode>> groups(List<WaitNode> pending) {
        Map<String, List<WaitNode>> byPlace = new LinkedHashMap<>();
        for (WaitNode node : pending) {
            byPlace.computeIfAbsent(String.valueOf(node.made), made -> new ArrayList<>())
                    .add(node);
        }
        List<List<WaitNode>> groups = new ArrayList<>(byPlace.values());
        groups.sort(
                Comparator.comparingInt((List<WaitNode> group) -> group.size()).reversed());
        return groups;
    }

    private void write(List<WaitNode> group) {
        line(group.size() + " made at " + group.get(0).made + ":");
        int shown = 0;
        for (WaitNode node : group) {
            if (shown < SHOWN_OF_A_GROUP || node.inACircle) {
                shown++;
                line("  " + described(node));
                node.waitsFor.stream().filter(n -> n.age == null).forEach(this::noteOther);
            }
        }
        if (shown < group.size()) {
            line("  ... and " + (group.size() - shown) + " more");
        }
    }

    private void noteOther(WaitNode other) {
        if (others.add(other)) {
            other.waitsFor.stream().filter(n -> n.age == null).forEach(this::noteOther);
        }
    }

    private static String described(WaitNode node) {
        return described(node, node.name);
    }

    private static String described(WaitNode node, String name) {
        StringBuilder text = new StringBuilder(name);
        if (node.age != null) {
            text.append(", ").append(node.age).append(" old");
        }
        if (node.untouched != null && node.untouched.compareTo(LONG) >= 0) {
            text.append(" and UNTOUCHED for ").append(node.untouched);
        }
        if (!node.state.isEmpty()) {
            text.append(", ").append(node.state);
        }
        text.append(node.waitsFor.stream()
                .map(DumpText::called)
                .collect(Collectors.joining(", ", node.waitsFor.isEmpty() ? "" : " ", "")));
        if (node.next != null) {
            text.append("; next is the ").append(node.next);
        }
        if (!node.awaitedBy.isEmpty()) {
            text.append("; awaited by thread ").append(String.join(", ", node.awaitedBy));
        }
        if (node.inACircle) {
            text.append(" [deadlock]");
        }
        return text.toString();
    }

    private static String called(WaitNode node) {
        return node.made == null ? node.name : node.name + " made at " + node.made;
    }

    private void line(String line) {
        text.append(System.lineSeparator()).append(line);
    }
}
