// SPDX-License-Identifier: Apache-2.0
package io.deferred.mutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deferred.mutation.Mutant.Fate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PitReportTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void source() throws IOException {
        Path source = directory.resolve("a/b/Outer.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, "class Outer {\n    int f(int x) { return x + x; }\n}\n");
    }

    @Test
    void aMutantIsNamedAfterMethodLineAndChange() throws IOException {
        assertThat(PitReport.read(report(mutation("SURVIVED", 4)), directory))
                .containsExactly(
                        new Mutant("Outer.Inner.f | int f(int x) { return x + x; } | Replaced + by -", Fate.SURVIVED));
    }

    @Test
    void equalChangesOfOneLineAreNumberedInTheOrderOfTheCode() throws IOException {
        assertThat(PitReport.read(report(mutation("KILLED", 12), mutation("NO_COVERAGE", 4)), directory))
                .extracting(Mutant::fate)
                .containsExactly(Fate.NOT_COVERED, Fate.KILLED);
        assertThat(PitReport.read(report(mutation("KILLED", 12), mutation("NO_COVERAGE", 4)), directory)
                        .get(1)
                        .name())
                .endsWith(" | Replaced + by - | 2");
    }

    @Test
    void whatDoesNotEndIsNoticed() throws IOException {
        assertThat(PitReport.read(report(mutation("TIMED_OUT", 4)), directory))
                .extracting(Mutant::isAlive)
                .containsExactly(false);
    }

    @Test
    void aWordThatIsNotKnownIsRefused() {
        assertThatThrownBy(() -> PitReport.read(report(mutation("SLEEPING", 4)), directory))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SLEEPING");
    }

    @Test
    void whatIsNoXmlIsRefused() throws IOException {
        Path file = Files.writeString(directory.resolve("mutations.xml"), "no");

        assertThatThrownBy(() -> PitReport.read(file, directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("mutations.xml");
    }

    private Path report(String... mutations) throws IOException {
        String all = Stream.of(mutations).collect(Collectors.joining("\n", "<mutations>\n", "\n</mutations>\n"));
        return Files.writeString(directory.resolve("mutations.xml"), all);
    }

    private static String mutation(String status, int index) {
        return "<mutation detected='false' status='" + status + "'><sourceFile>Outer.java</sourceFile>"
                + "<mutatedClass>a.b.Outer$Inner</mutatedClass><mutatedMethod>f</mutatedMethod>"
                + "<methodDescription>(I)I</methodDescription><lineNumber>2</lineNumber>"
                + "<indexes><index>" + index
                + "</index></indexes><description>Replaced + by -</description></mutation>";
    }
}
