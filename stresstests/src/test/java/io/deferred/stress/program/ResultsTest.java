// SPDX-License-Identifier: Apache-2.0
package io.deferred.stress.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.DiskWriteCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.runners.TestConfig;
import org.openjdk.jcstress.infra.runners.TestList;
import org.openjdk.jcstress.vm.CompileMode;

/** Results of one of our own states that jcstress itself writes. */
class ResultsTest {
    private static final String STATE = "io.deferred.stress.FireAndFire.OneWins";

    @TempDir
    Path directory;

    private static TestResult fork(Status status, Map<String, Integer> counts) throws IOException {
        Options options = new Options(new String[] {"-c", "2"});
        assertThat(options.parse()).isTrue();
        TestResult result = new TestResult(status);
        result.setConfig(
                new TestConfig(options, TestList.getInfo(STATE), 0, List.of("-Xsome"), CompileMode.UNIFIED, null));
        counts.forEach(result::addState);
        return result;
    }

    private List<StateResult> read(TestResult... forks) throws IOException {
        Path file = directory.resolve("results");
        DiskWriteCollector collector = new DiskWriteCollector(file.toString());
        List.of(forks).forEach(collector::add);
        collector.close();
        return Results.read(file, List.of(STATE));
    }

    @Test
    void theForksOfAStateAreAddedUp() throws Exception {
        StateResult result = read(
                        fork(Status.NORMAL, Map.of("1, 0, 1", 5)),
                        fork(Status.NORMAL, Map.of("1, 0, 1", 7, "1, 1, 2", 1)))
                .get(0);
        assertThat(result.name()).isEqualTo("FireAndFire.OneWins");
        assertThat(result.race()).isEqualTo("FireAndFire");
        assertThat(result.state()).isEqualTo("OneWins");
        assertThat(result.broken()).isEmpty();
        assertThat(result.samples()).isEqualTo(13);
        assertThat(result.samples(ACCEPTABLE)).isEqualTo(12);
        assertThat(result.seen(ACCEPTABLE)).isEqualTo(1);
        assertThat(result.spokenOf(ACCEPTABLE)).isEqualTo(2);
        assertThat(result.samples(FORBIDDEN)).isEqualTo(1);
        assertThat(result.outcomes()).contains(new Seen("1, 1, 2", FORBIDDEN, 1));
    }

    @Test
    void aForkThatFailedIsToldWithItsOptionsAndWhatItSaid() throws Exception {
        TestResult broken = fork(Status.VM_ERROR, Map.of());
        broken.addMessage("it is gone");
        assertThat(read(fork(Status.NORMAL, Map.of("1, 0, 1", 5)), broken)
                        .get(0)
                        .broken())
                .containsExactly("VM_ERROR with [-Xsome]: [it is gone]");
    }

    @Test
    void aStateWithoutResultsIsThereNevertheless() throws Exception {
        assertThat(read()).singleElement().extracting(StateResult::samples).isEqualTo(0L);
    }
}
