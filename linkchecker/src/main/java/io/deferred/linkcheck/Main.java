// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import picocli.CommandLine;

/** The program {@code linkcheck}. */
public final class Main {
    private Main() {}

    /**
     * Runs it and ends the JVM.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        System.exit(run(System.out, System.err, args));
    }

    /** Runs it, and returns the exit code. */
    static int run(PrintStream out, PrintStream err, String... args) {
        return new CommandLine(new LinkCheckCommand(out, err))
                .setOut(new PrintWriter(out, true, Charset.defaultCharset()))
                .setErr(new PrintWriter(err, true, Charset.defaultCharset()))
                .setExecutionExceptionHandler((defect, command, parsed) -> {
                    defect.printStackTrace(err);
                    return ExitCodes.DEFECT;
                })
                .execute(args);
    }
}
