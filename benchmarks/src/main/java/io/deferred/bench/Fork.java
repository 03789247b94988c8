// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;

/** Starts a JVM for a case, and reads what it has measured. */
final class Fork {
    /** No method that stands for the unknown is looked into. */
    private static final List<String> OPTIONS =
            List.of("-XX:CompileCommand=quiet", "-XX:CompileCommand=dontinline,io.deferred.bench.Scenario::use");

    final ChildJvm jvm;
    private final String plan;
    private final List<Library> only;

    Fork(ChildJvm jvm, boolean quick, List<Library> only) {
        this.jvm = jvm;
        this.plan = quick ? "quick" : "full";
        this.only = only;
    }

    Map<Library, Figure> measure(Case measured) throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(OPTIONS);
        options.addAll(measured.jvmOptions());
        List<String> arguments = new ArrayList<>(List.of(measured.scenario().getName(), plan));
        arguments.addAll(onlyNames());
        return jvm.run(measured.name(), Child.class, options, arguments, new TypeReference<Map<Library, Figure>>() {});
    }

    /** The libraries to take, by the names of the constants; empty for all. */
    List<String> onlyNames() {
        return only.stream().map(Library::name).toList();
    }
}
