// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench;

import io.deferred.bench.debugging.DebugCost;
import io.deferred.bench.debugging.Soak;
import io.deferred.bench.http.HttpBench;
import io.deferred.bench.jdbc.JdbcBench;
import io.deferred.bench.own.BytesCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** The program {@code ./bench}. */
@Command(
        name = "bench",
        sortOptions = false,
        usageHelpAutoWidth = true,
        customSynopsis = {
            "bench [OPTION...] [NAME...]",
            "       bench --bytes [--jdk=PATH]",
            "       bench --growth [--plot=FILE.png] [--json=FILE] [OPTION...]",
            "       bench --debugging [--jdk=PATH]",
            "       bench --soak[=MINUTES] [--jdk=PATH]",
            "       bench --jdbc [--quick] [--json=FILE] [OPTION...]",
            "       bench --http [--quick] [--json=FILE] [OPTION...]",
            "       bench --jmh ARGUMENT..."
        },
        description = {
            "%nCompares what promises of the JVM cost: bytes, time as a ratio, and what a pending one keeps alive.",
            "Each case has a JVM of its own, in which short bursts of all libraries take turns.%n"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:measured; with --bytes, every figure is its limit; with --soak, memory was flat",
            "1:something went wrong; with --bytes, a figure is not its limit; with --soak, memory grew",
            "2:the command line cannot be understood"
        },
        footer = {
            "%nExamples:",
            "  ./bench                          everything",
            "  ./bench --quick mapPromise       cases of that name, for a look",
            "  ./bench retained                 only what pending promises keep alive",
            "  ./bench --only deferred --only completable_future mapPromise",
            "  ./bench --jdk /path/to/jdk-25 --json 25.json",
            "  ./bench --jvm -XX:+UseParallelGC mapPromise",
            "  ./bench --bytes                  what ./test does last",
            "  ./bench --growth --plot growth.png",
            "  ./bench --jdbc                   the module deferred-jdbc",
            "  ./bench --jdbc 'jdbc:postgresql://localhost/postgres?user=postgres'",
            "  ./bench --http                   the server of deferred-net, loaded by wrk and h2load",
            "  ./bench --jmh MapPending.deferred -prof gc -jvmArgsAppend -Dbench.size=100",
            "",
            "What follows --jmh goes to JMH as it is; --jmh -h lists its options. There the",
            "constants of a case are properties: -Dbench.size=N, and -Dbench.escapes=true,",
            "-Dbench.mixed=true, -Dbench.fresh=true."
        })
public final class Bench implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "Only cases whose name contains one of these.")
    private List<String> names = new ArrayList<>();

    @ArgGroup
    private Mode mode = new Mode();

    private static final class Mode {
        @Option(
                names = "--bytes",
                description =
                        "Count our own bytes exactly, and compare them with the limits in benchmarks/bytes.limits.")
        private boolean bytes;

        @Option(names = "--growth", description = "Measure how cost grows over four decades.")
        private boolean growth;

        @Option(names = "--debugging", description = "Measure what debug mode and the dump cost.")
        private boolean debugging;

        @Option(
                names = "--soak",
                paramLabel = "MINUTES",
                arity = "0..1",
                fallbackValue = "10",
                description = "Run with full debug mode for so long (${FALLBACK-VALUE}), and see that memory is flat.")
        private @Nullable Integer soakMinutes;

        @Option(
                names = "--jdbc",
                paramLabel = "URL",
                arity = "0..1",
                fallbackValue = JdbcBench.IN_MEMORY,
                description =
                        "Compare database work through Deferreds with the same on a plain ExecutorService, on this database, H2 or PostgreSQL, in which it makes a table of its own; H2 in memory if none is given.")
        private @Nullable String jdbc;

        @Option(
                names = "--http",
                description = "Compare a server of HTTP with the same handler straight on its engine.")
        private boolean http;

        /** Whether it measures all of its own, whatever the names. */
        private boolean takesNoNames() {
            return bytes || growth || debugging || soakMinutes != null || jdbc != null || http;
        }
    }

    @Option(names = "--plot", paramLabel = "FILE.png", description = "With --growth: draw it there.")
    private @Nullable Path plot;

    @Option(names = "--jdk", paramLabel = "PATH", description = "The home of the JDK to measure on.")
    private Path jdk = Path.of(System.getProperty("java.home"));

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures there as well.")
    private @Nullable Path json;

    @Option(names = "--quick", description = "A third of the time, for a look.")
    private boolean quick;

    @Option(
            names = "--only",
            paramLabel = "LIBRARY",
            description = "Only this library, once for each: ${COMPLETION-CANDIDATES}.")
    private List<Library> only = new ArrayList<>();

    @Option(names = "--jvm", paramLabel = "OPTION", description = "A further option of the JVM, once for each.")
    private List<String> jvmOptions = new ArrayList<>();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private Bench() {}

    /**
     * Runs it and ends the JVM.
     *
     * @param args the command line
     */
    public static void main(String[] args) throws IOException {
        if (args.length > 0 && args[0].equals("--jmh")) {
            org.openjdk.jmh.Main.main(Arrays.copyOfRange(args, 1, args.length));
            return;
        }
        System.exit(new CommandLine(new Bench())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Bench::failed)
                .execute(args));
    }

    /** What cannot be measured, or read, is said in a line; anything else is a defect of ours. */
    private static int failed(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
        if (e instanceof IOException || e instanceof IllegalArgumentException || e instanceof IllegalStateException) {
            command.getErr().println("bench: " + e.getMessage());
        } else {
            e.printStackTrace(command.getErr());
        }
        return 1;
    }

    @Override
    public Integer call() throws Exception {
        check();
        ChildJvm jvm = new ChildJvm(jdk, jvmOptions);
        if (mode.bytes) {
            Path limits = Path.of(System.getProperty("bench.limits", "bytes.limits"));
            return BytesCheck.run(jvm, limits, System.out) ? 0 : 1;
        }
        if (mode.debugging) {
            DebugCost.run(jvm, System.out);
            return 0;
        }
        if (mode.soakMinutes != null) {
            return Soak.run(jvm, Duration.ofMinutes(mode.soakMinutes), System.out) ? 0 : 1;
        }
        if (mode.jdbc != null) {
            JdbcBench measured = JdbcBench.measure(jvm, mode.jdbc, quick);
            System.out.print(measured);
            writeJson(measured);
        } else if (mode.http) {
            HttpBench measured = HttpBench.measure(jvm, quick);
            System.out.print(measured);
            writeJson(measured);
        } else if (mode.growth) {
            grow(new Fork(jvm, quick, only.isEmpty() ? Growth.PEERS : only));
        } else {
            compare(new Fork(jvm, quick, only));
        }
        return 0;
    }

    /** Before anything is measured, because that takes minutes. */
    private void check() {
        if (mode.takesNoNames() && !names.isEmpty()) {
            throw wrong("--bytes, --growth, --debugging, --soak, --jdbc and --http measure all of theirs; take " + names
                    + " away");
        }
        if (mode.jdbc != null && !mode.jdbc.startsWith("jdbc:h2:") && !mode.jdbc.startsWith("jdbc:postgresql:")) {
            throw wrong("--jdbc takes the URL of a database, jdbc:h2:… or jdbc:postgresql:…, not " + mode.jdbc);
        }
        if (mode.soakMinutes != null && mode.soakMinutes < 1) {
            throw wrong("--soak takes minutes, one at least, not " + mode.soakMinutes);
        }
        if ((mode.jdbc != null || mode.http) && !only.isEmpty()) {
            throw wrong("--jdbc and --http compare none of the other libraries; take --only away");
        }
        if (plot != null && !mode.growth) {
            throw wrong("--plot draws what --growth measures; add that");
        }
        for (Path file : Stream.of(json, plot).filter(Objects::nonNull).toList()) {
            if (!Files.isDirectory(file.toAbsolutePath().resolveSibling(""))) {
                throw wrong("there is no folder for " + file + "; make it");
            }
        }
    }

    private CommandLine.ParameterException wrong(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }

    private void grow(Fork fork) throws IOException, InterruptedException {
        Growth growth = Growth.measure(fork);
        System.out.print(growth);
        writeJson(growth);
        if (plot != null) {
            new GrowthPlot(growth).write(plot);
        }
    }

    private void compare(Fork fork) throws IOException, InterruptedException {
        List<Case> cases = Catalogue.ALL.stream().filter(c -> chosen(c.name())).toList();
        List<Retained> retained =
                Retained.ALL.stream().filter(r -> chosen(r.name())).toList();
        if (cases.isEmpty() && retained.isEmpty()) {
            throw wrong("no case has a name that contains one of " + names);
        }
        Environment environment = Environment.of(fork.jvm);
        List<Row> rows = new ArrayList<>();
        for (Case c : cases) {
            System.err.println(c.name());
            rows.add(new Row(c.name(), fork.measure(c)));
        }
        for (Retained r : retained) {
            System.err.println(r.name());
            rows.add(new Row(r.name(), r.measure(fork)));
        }
        System.out.println(environment);
        System.out.print(new Table(rows));
        writeJson(new Report(environment, rows));
    }

    private void writeJson(Object figures) {
        if (json != null) {
            JsonMapper.shared().writeValue(json.toFile(), figures);
        }
    }

    private boolean chosen(String caseName) {
        return names.isEmpty() || names.stream().anyMatch(n -> containsIgnoringCase(caseName, n));
    }

    private static boolean containsIgnoringCase(String text, String part) {
        return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }
}
