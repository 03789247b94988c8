// SPDX-License-Identifier: Apache-2.0
package io.deferred.stress.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.infra.runners.TestList;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The program {@code ./stress}. */
@Command(
        name = "stress",
        sortOptions = false,
        usageHelpAutoWidth = true,
        customSynopsis = {
            "stress [OPTION...] [NAME...]",
            "       stress --shortest [OPTION...] NAME...",
            "       stress --jcstress ARGUMENT..."
        },
        description = {
            "%nLets two threads meet on a Deferred, millions of times, and looks at what came of it: jcstress.",
            "Each race has states, which are named after the property that they show. A Weakened state",
            "has a fault built in, which has to be seen.%n"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every state was seen, and nothing that is forbidden",
            "1:it was, or a fork failed, or a built-in fault was not caught",
            "2:the command line cannot be understood"
        },
        footer = {
            "%nExamples:",
            "  ./stress                          everything, in ten minutes",
            "  ./stress --quick FireAndAdd       the states of a race, for a look",
            "  ./stress --jdk /path/to/jdk-25 --jvm=-XX:+UseZGC --markdown zgc.md",
            "  ./stress --jcstress -sc true -t FireAndAdd -vv -r /tmp/report",
            "",
            "What follows --jcstress goes to jcstress as it is, in a directory below stresstests/target;",
            "--jcstress -h lists its options."
        })
public final class Stress implements Callable<Integer> {
    private static final Path THIS_JDK = Path.of(System.getProperty("java.home"));

    @Parameters(paramLabel = "NAME", description = "Only states whose name, Race.State, contains one of these.")
    private List<String> names = new ArrayList<>();

    @ArgGroup
    private Length length = new Length();

    private static final class Length {
        @Option(names = "--quick", description = "One way of compiling instead of four.")
        private boolean quick;

        @Option(
                names = "--shortest",
                description = "Seconds for a race that is named. A built-in fault that is not seen is only mentioned.")
        private boolean shortest;

        Effort effort() {
            return quick ? Effort.QUICK : shortest ? Effort.SHORTEST : Effort.FULL;
        }
    }

    @Option(names = "--jdk", paramLabel = "PATH", description = "The home of the JDK to run on.")
    private Path jdk = THIS_JDK;

    @Option(names = "--jvm", paramLabel = "OPTION", description = "A further option of the JVM, once for each.")
    private List<String> jvmOptions = new ArrayList<>();

    @Option(names = "--markdown", paramLabel = "FILE", description = "Write the table there as well.")
    private @Nullable Path markdown;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private Stress() {}

    /**
     * Runs it and ends the JVM.
     *
     * @param args the command line
     */
    public static void main(String[] args) throws Exception {
        if (args.length > 0 && args[0].equals("--jcstress")) {
            List<String> arguments = List.of(args).subList(1, args.length);
            System.exit(new Jcstress(THIS_JDK, newDirectory()).run(arguments));
        }
        System.exit(new CommandLine(new Stress())
                .setExecutionExceptionHandler(Stress::failed)
                .execute(args));
    }

    /** What cannot be run, or read, is said in a line; anything else is a defect of ours. */
    private static int failed(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
        if (e instanceof IOException || e instanceof IllegalStateException) {
            command.getErr().println("stress: " + e.getMessage());
        } else {
            e.printStackTrace(command.getErr());
        }
        return 1;
    }

    @Override
    public Integer call() throws Exception {
        Effort effort = length.effort();
        List<String> states = States.chosen(TestList.tests(), names);
        check(effort, states);
        Path directory = newDirectory();
        Path file = new Jcstress(jdk, directory).run(states, effort, jvmOptions);
        List<StateResult> results = Results.read(file, states);
        String configuration = Configuration.describe(jdk, jvmOptions, effort);
        Table table = new Table(results);
        System.out.println(configuration);
        System.out.print(table.text());
        if (markdown != null) {
            Files.writeString(markdown, configuration + "\n\n" + table.markdown());
        }
        Judgment judgment = Judgment.of(results, effort);
        judgment.remarks().forEach(remark -> System.out.println("Only so that you know: " + remark));
        judgment.faults().forEach(System.out::println);
        System.out.println("Each outcome of each fork is in " + directory.resolve("report/index.html"));
        return judgment.passed() ? 0 : 1;
    }

    private static Path newDirectory() throws IOException {
        Path reports = Path.of(System.getProperty("stress.reports", "target/jcstress"));
        return Files.createTempDirectory(Files.createDirectories(reports), "run");
    }

    /** Before anything is run, because that takes minutes. */
    private void check(Effort effort, List<String> states) {
        if (effort == Effort.SHORTEST && names.isEmpty()) {
            throw wrong("--shortest is for races that are named; name some, or take --quick");
        }
        for (String name : names) {
            if (States.chosen(states, List.of(name)).isEmpty()) {
                throw wrong("no state has a name that contains " + name);
            }
        }
        if (markdown != null && !Files.isDirectory(markdown.toAbsolutePath().resolveSibling(""))) {
            throw wrong("there is no folder for " + markdown + "; make it");
        }
    }

    private CommandLine.ParameterException wrong(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }
}
