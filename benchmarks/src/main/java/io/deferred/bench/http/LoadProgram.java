// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A program of Debian's that loads a server. */
enum LoadProgram {
    /** HTTP/1.1, 64 connections. */
    WRK {
        @Override
        Load run(int port, int seconds) throws IOException, InterruptedException {
            String printed = print(
                    "wrk",
                    List.of("wrk", "-t1", "-c64", "-d" + seconds + "s", "--latency", "http://127.0.0.1:" + port + "/"));
            Matcher p99 = find(printed, "99%\\s+([0-9.]+)(us|ms|s)");
            double unit = p99.group(2).equals("us") ? 0.001 : p99.group(2).equals("ms") ? 1 : 1000;
            if (printed.contains("Non-2xx") || printed.contains("Socket errors")) {
                throw new IOException("wrk met errors:\n" + printed);
            }
            return new Load(
                    Double.parseDouble(
                            find(printed, "Requests/sec:\\s+([0-9.]+)").group(1)),
                    Double.parseDouble(p99.group(1)) * unit);
        }
    },
    /** HTTP/2 without TLS, 8 connections with 16 streams each. */
    H2LOAD {
        @Override
        Load run(int port, int seconds) throws IOException, InterruptedException {
            Path log = Files.createTempFile("h2load", ".log");
            try {
                Files.delete(log); // it does not write over one
                String printed = print(
                        "nghttp2-client",
                        List.of(
                                "h2load",
                                "-c8",
                                "-m16",
                                "-D" + seconds,
                                "--log-file=" + log,
                                "http://127.0.0.1:" + port + "/"));
                Matcher requests = find(printed, "requests: .* ([0-9]+) succeeded, ([0-9]+) failed, ([0-9]+) errored");
                if (!requests.group(2).equals("0") || !requests.group(3).equals("0")) {
                    throw new IOException("h2load met errors:\n" + printed);
                }
                return new Load(
                        Double.parseDouble(find(printed, "finished in [^,]*, ([0-9.]+) req/s")
                                .group(1)),
                        p99(log));
            } finally {
                Files.deleteIfExists(log);
            }
        }

        // Each line of the log ends with the microseconds of a request.
        private static double p99(Path log) throws IOException {
            long[] micros;
            try (Stream<String> lines = Files.lines(log)) {
                micros = lines.mapToLong(line -> Long.parseLong(
                                line.substring(line.lastIndexOf('\t') + 1).trim()))
                        .toArray();
            }
            Arrays.sort(micros);
            return micros[(int) (micros.length * 0.99)] / 1000.0;
        }
    };

    /** Loads the server of this machine that listens there. */
    abstract Load run(int port, int seconds) throws IOException, InterruptedException;

    static String print(String debianPackage, List<String> command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new IOException(
                    "This needs Debian's package " + debianPackage + ": apt-get install " + debianPackage, e);
        }
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + " failed:\n" + printed);
        }
        return printed;
    }

    static Matcher find(String printed, String regex) throws IOException {
        Matcher matcher = Pattern.compile(regex).matcher(printed);
        if (!matcher.find()) {
            throw new IOException("there is no " + regex + " in what was printed:\n" + printed);
        }
        return matcher;
    }
}
