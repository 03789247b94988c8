// SPDX-License-Identifier: Apache-2.0
package io.deferred.stress.program;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;

/** Reads what jcstress has written down. */
final class Results {
    private Results() {}

    /** One for each state; for one without any result, too. */
    static List<StateResult> read(Path file, Collection<String> states) throws IOException {
        InProcessCollector collector = new InProcessCollector();
        DiskReadCollector reader = new DiskReadCollector(file.toString(), collector);
        try {
            reader.dump();
        } catch (ClassNotFoundException e) {
            throw new IOException("not a result of this jcstress: " + file, e);
        } finally {
            reader.close();
        }
        return states.stream()
                .map(state -> merge(
                        state,
                        collector.getTestResults().stream()
                                .filter(result -> result.getName().equals(state))
                                .toList()))
                .toList();
    }

    private static StateResult merge(String state, List<TestResult> forks) {
        Map<String, Seen> outcomes = new TreeMap<>();
        List<String> broken = new ArrayList<>();
        for (TestResult fork : forks) {
            fork.grading().gradingResults.values().stream()
                    .map(graded -> new Seen(graded.id, graded.expect, graded.count))
                    .forEach(seen -> outcomes.merge(seen.id(), seen, Seen::plus));
            if (fork.status() != Status.NORMAL) {
                broken.add(fork.status() + " with " + fork.getConfig().jvmArgs + ": " + said(fork));
            }
        }
        return new StateResult(States.shortName(state), List.copyOf(outcomes.values()), broken);
    }

    private static String said(TestResult fork) {
        List<String> lines = new ArrayList<>(fork.getMessages());
        lines.addAll(fork.getVmErr());
        lines.addAll(fork.getVmOut());
        return lines.stream().limit(5).toList().toString();
    }
}
