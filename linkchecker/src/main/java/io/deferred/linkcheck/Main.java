// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck;

import io.deferred.Scheduler;
import java.io.InputStream;
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
        System.exit(run(System.in, System.out, System.err, Scheduler.system(), args));
    }

    /** Runs it, and returns the exit code. */
    static int run(InputStream in, PrintStream out, PrintStream err, Scheduler scheduler, String... args) {
        return new CommandLine(new LinkCheckCommand(in, out, err, scheduler))
                .setOut(new PrintWriter(out, true, Charset.defaultCharset()))
                .setErr(new PrintWriter(err, true, Charset.defaultCharset()))
                .setExecutionExceptionHandler((defect, command, parsed) -> {
                    defect.printStackTrace(err);
                    return ExitCodes.DEFECT;
                })
                .execute(args);
    }
}
