// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One line of a file of vectors: a program, and what Twisted did when it ran. */
record RecordedProgram(
        String id,
        String category,
        List<String> tags,
        JsonNode fns,
        JsonNode ops,
        List<List<String>> trace,
        List<String> end) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** All programs of all {@code *.jsonl} and {@code *.jsonl.gz} files of a folder, in the order of the files' names. */
    static List<RecordedProgram> readAll(Path folder) throws IOException {
        List<RecordedProgram> programs = new ArrayList<>();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path file : entries.sorted().toList()) {
                if (file.toString().endsWith(".jsonl") || file.toString().endsWith(".jsonl.gz")) {
                    read(file, programs);
                }
            }
        }
        return programs;
    }

    private static void read(Path file, List<RecordedProgram> programs) throws IOException {
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    programs.add(parse(MAPPER.readTree(line)));
                }
            }
        }
    }

    private static RecordedProgram parse(JsonNode line) {
        List<List<String>> trace = new ArrayList<>();
        line.get("trace").forEach(step -> trace.add(strings(step)));
        return new RecordedProgram(
                line.get("id").asString(),
                line.get("category").asString(),
                line.has("tags") ? strings(line.get("tags")) : List.of(),
                line.get("fns"),
                line.get("ops"),
                trace,
                strings(line.get("final")));
    }

    private static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(element -> strings.add(element.asString()));
        return strings;
    }
}
