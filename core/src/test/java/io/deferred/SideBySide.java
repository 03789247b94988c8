// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** A program, and the recorded trace beside the one that was got. */
final class SideBySide {
    private static final int WIDTH = 60;

    private SideBySide() {}

    static String of(RecordedProgram program, List<List<String>> got, List<String> end) {
        StringBuilder text =
                new StringBuilder("---- " + program.id() + " (" + program.category() + " " + program.tags() + ")\n");
        int f = 0;
        for (JsonNode fn : program.fns()) {
            text.append("  f").append(f++).append(' ').append(fn).append('\n');
        }
        text.append(line(" ", "recorded", "got"));
        for (int i = 0; i < program.ops().size(); i++) {
            text.append("  ").append(i).append(' ').append(program.ops().get(i)).append('\n');
            lines(text, program.trace().get(i), i < got.size() ? got.get(i) : List.of("(not reached)"));
        }
        text.append("  at the end\n");
        lines(text, program.end(), end);
        return text.toString();
    }

    private static void lines(StringBuilder text, List<String> recorded, List<String> got) {
        for (int i = 0; i < Math.max(recorded.size(), got.size()); i++) {
            String left = i < recorded.size() ? recorded.get(i) : "";
            String right = i < got.size() ? got.get(i) : "";
            text.append(line(left.equals(right) ? " " : "*", left, right));
        }
    }

    private static String line(String mark, String left, String right) {
        return String.format("    %s %-" + WIDTH + "s | %s%n", mark, left, right);
    }
}
