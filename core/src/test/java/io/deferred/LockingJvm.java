// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A JVM that locks a file, with what the JDK has for it, and holds it until it is told to end. */
final class LockingJvm {
    private final Process process;
    private final BufferedReader output;

    /** Starts it, and waits until it has the lock or has given up. */
    LockingJvm(Path file) throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockingJvm.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        output = process.inputReader(UTF_8);
        said = output.readLine();
    }

    /** "locked", or "not free". */
    final String said;

    /** Ends it, and waits until it has ended. */
    void end() throws IOException, InterruptedException {
        process.getOutputStream().close();
        process.waitFor();
        output.close();
    }

    public static void main(String[] args) throws IOException {
        try (FileChannel channel = FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE)) {
            System.out.println(channel.tryLock() == null ? "not free" : "locked");
            while (System.in.read() >= 0) {
                // until whoever has started it closes the other end
            }
        }
    }
}
