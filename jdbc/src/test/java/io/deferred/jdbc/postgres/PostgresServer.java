// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A PostgreSQL of Debian's packages, on a free port of the loopback, in a directory of its own, run by a user without rights: PostgreSQL refuses to be root. */
final class PostgresServer implements BeforeAllCallback, AfterAllCallback {
    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    private static final String UNPRIVILEGED = "nobody";
    private static final long LIMIT_SECONDS = 60;

    private Path bin;
    private Path directory;
    private int port;
    private Process server;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        bin = newestBin();
        directory = Files.createTempDirectory("deferred-postgres");
        if (isRoot()) {
            UserPrincipalLookupService users = directory.getFileSystem().getUserPrincipalLookupService();
            Files.setOwner(directory, users.lookupPrincipalByName(UNPRIVILEGED));
        }
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Process initdb = asUnprivileged(
                        "initdb", "-D", data(), "-U", "bank", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
                .start();
        assertThat(initdb.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) && initdb.exitValue() == 0)
                .as("initdb: %s", log())
                .isTrue();
        start();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        kill();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static Path newestBin() throws IOException {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(VERSIONS)) {
            try (DirectoryStream<Path> versions = Files.newDirectoryStream(VERSIONS)) {
                for (Path version : versions) {
                    if (Files.isExecutable(version.resolve("bin/postgres"))) {
                        found.add(version.resolve("bin"));
                    }
                }
            }
        }
        return found.stream()
                .max(Comparator.comparingInt((Path path) -> Integer.parseInt(
                        path.getParent().getFileName().toString().replaceAll("\\D.*", ""))))
                .orElseThrow(() -> new AssertionError("there is no PostgreSQL server in " + VERSIONS
                        + "/*/bin; install Debian's package postgresql, or leave out --system"));
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    /** What it has printed so far. */
    private String log() throws IOException {
        return Files.readString(directory.resolve("log"));
    }

    private ProcessBuilder asUnprivileged(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            // Unlike su and runuser it becomes the program itself, so that who kills the process kills that.
            command.addAll(List.of(
                    "setpriv", "--reuid=" + UNPRIVILEGED, "--regid=nogroup", "--clear-groups", "--inh-caps=-all"));
        }
        command.add(bin.resolve(program).toString());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("log").toFile()));
    }

    /** Returns when it takes connections. */
    void start() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (server == null || !isReady()) {
            assertThat(System.nanoTime() - end).as(log()).isNegative();
            if (server == null || !server.isAlive()) {
                launch(); // again, where what was killed has not gone yet
            }
        }
    }

    private void launch() throws IOException {
        server = asUnprivileged(
                        "postgres",
                        "-D",
                        data(),
                        "-p",
                        Integer.toString(port),
                        "-k",
                        directory.toString(),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "max_connections=50",
                        "-c",
                        "deadlock_timeout=50ms",
                        "-c",
                        "fsync=off") // the machine does not crash, the server does
                .start();
    }

    private boolean isReady() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url())) {
            return connection.isValid((int) LIMIT_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }

    /** All of its processes at once, as a power failure would. */
    void kill() throws InterruptedException {
        List<ProcessHandle> all = new ArrayList<>(server.descendants().toList());
        server.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        assertThat(server.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        for (ProcessHandle one : all) {
            one.onExit().join();
        }
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=bank";
    }
}
