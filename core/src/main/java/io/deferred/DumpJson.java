// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.Collection;
import java.util.stream.Collectors;

/** A {@link WaitGraph} for programs to read: a writer of our own, because the core has no dependency. */
final class DumpJson {
    private final StringBuilder json = new StringBuilder();

    private DumpJson() {}

    static String of(WaitGraph graph) {
        DumpJson dump = new DumpJson();
        dump.write(graph);
        return dump.json.toString();
    }

    private void write(WaitGraph graph) {
        json.append("{\"pending\":").append(graph.pending().size()).append(",\"nodes\":[");
        String separator = "";
        for (WaitNode node : graph.all()) {
            json.append(separator);
            write(node);
            separator = ",";
        }
        json.append("],\"deadlocks\":[")
                .append(graph.circles().stream().map(DumpJson::ids).collect(Collectors.joining(",")))
                .append("]}");
    }

    private void write(WaitNode node) {
        json.append("{\"id\":").append(node.id);
        member("kind", node.kind);
        member("name", node.name);
        member("state", node.state);
        if (node.made != null) {
            member("made", node.made);
        }
        if (node.age != null) {
            json.append(",\"ageNanos\":").append(node.age.toNanos());
        }
        if (node.untouched != null) {
            json.append(",\"untouchedNanos\":").append(node.untouched.toNanos());
        }
        if (node.next != null) {
            member("next", node.next);
        }
        json.append(",\"waitsFor\":").append(ids(node.waitsFor)).append(",\"awaitedBy\":[");
        String separator = "";
        for (String thread : node.awaitedBy) {
            json.append(separator);
            string(thread);
            separator = ",";
        }
        json.append("]}");
    }

    private static String ids(Collection<WaitNode> nodes) {
        return nodes.stream().map(node -> Integer.toString(node.id)).collect(Collectors.joining(",", "[", "]"));
    }

    private void member(String name, String value) {
        json.append(",\"").append(name).append("\":");
        string(value);
    }

    private void string(String value) {
        json.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                // a label may end in half a character
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
