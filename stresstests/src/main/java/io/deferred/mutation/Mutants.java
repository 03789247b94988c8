// SPDX-License-Identifier: Apache-2.0
package io.deferred.mutation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The program behind {@code ./mutants}, which has PIT make and try the changes first. */
@Command(
        name = "mutants",
        description = "Judges PIT's report: every change of the library is to be noticed by a test, or justified.")
public final class Mutants implements Callable<Integer> {
    @Parameters(paramLabel = "REPORT", description = "PIT's mutations.xml.")
    private Path report = Path.of("");

    @Option(names = "--sources", required = true, description = "The root of the library's sources.")
    private Path sources = Path.of("");

    @Option(names = "--justified", required = true, description = "The file of justifications.")
    private Path justified = Path.of("");

    @Option(names = "--part", description = "Only some classes were tried: of others nothing is known.")
    private boolean part;

    private Mutants() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Mutants()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        Verdict verdict = Verdict.of(PitReport.read(report, sources), Justifications.read(justified), part);
        System.out.print(verdict.text());
        return verdict.isGood() ? 0 : 1;
    }
}
