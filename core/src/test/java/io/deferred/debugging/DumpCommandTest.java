// SPDX-License-Identifier: Apache-2.0
package io.deferred.debugging;

import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.Debugging;
import io.deferred.Deferred;
import java.io.BufferedReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.management.Attribute;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The dump from outside. */
class DumpCommandTest {
    @RegisterExtension
    final DebugMode debug = new DebugMode();

    @Test
    void theMXBeanGivesItAndHasTheSwitch() throws Exception {
        assertThat(Debugging.registerMXBean()).isTrue();
        Deferred<String> d = new Deferred<String>().named("asked for by JMX");
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = new ObjectName("io.deferred:type=Deferreds");
        assertThat((String) server.invoke(name, "dump", null, null)).contains("'asked for by JMX'");
        assertThat((String) server.invoke(name, "dumpJson", null, null)).contains("'asked for by JMX'");
        assertThat(server.getAttribute(name, "Sampling")).isEqualTo(1);
        server.setAttribute(name, new Attribute("Sampling", 0));
        assertThat(Debugging.sampling()).isZero();
        server.setAttribute(name, new Attribute("Sampling", 3));
        assertThat(Debugging.sampling()).isEqualTo(3);
        assertThat(d.called()).isFalse();
    }

    private static Process java(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static String printed(Process process) throws Exception {
        try (BufferedReader lines = process.inputReader()) {
            List<String> all = lines.lines().toList();
            process.waitFor();
            return String.join("\n", all);
        }
    }

    @Test
    @Tag("long") // JVMs
    void anotherProcessIsAskedForIt() throws Exception {
        Process waiting = java("-Dio.deferred.debug=full", Waiting.class.getName());
        try (BufferedReader lines = waiting.inputReader()) {
            assertThat(lines.readLine()).isEqualTo("waiting");
            String pid = Long.toString(waiting.pid());
            assertThat(printed(java("io.deferred.DumpCommand", "dump", pid)))
                    .contains("'the one'", "Waiting.main(Waiting.java:");
            assertThat(printed(java("io.deferred.DumpCommand", "dump", "--json", pid)))
                    .startsWith("{\"pending\":1,");
        } finally {
            waiting.destroy();
        }
    }

    @Test
    @Tag("long")
    void theBeanIsThereFromTheFirstCall() throws Exception {
        assertThat(printed(java(Registering.class.getName()))).isEqualTo("true true true");
    }

    @Test
    @Tag("long")
    void aBeanOfAnotherCopyOfThisLibraryWillDo() throws Exception {
        assertThat(printed(java(Registering.class.getName(), "taken"))).isEqualTo("true true true");
    }

    @Test
    @Tag("long")
    void whereTheServerRefusesThereIsNone() throws Exception {
        String refuses = "-Djavax.management.builder.initial=there.is.no.such.Builder";
        assertThat(printed(java(refuses, Registering.class.getName()))).isEqualTo("false false false");
    }

    @Test
    @Tag("long")
    void oneThatIsNotDebuggedSaysHowToBe() throws Exception {
        Process waiting = java(Waiting.class.getName());
        try (BufferedReader lines = waiting.inputReader()) {
            assertThat(lines.readLine()).isEqualTo("waiting");
            Process asked = java("io.deferred.DumpCommand", "dump", Long.toString(waiting.pid()));
            assertThat(printed(asked)).contains("has no Deferreds that are debugged", "-Dio.deferred.debug=full");
            assertThat(asked.exitValue()).isEqualTo(1);
        } finally {
            waiting.destroy();
        }
    }

    @Test
    @Tag("long")
    void whatIsNotUnderstoodGetsTheUsage() throws Exception {
        Process asked = java("io.deferred.DumpCommand", "dumb", "1");
        assertThat(printed(asked)).startsWith("Usage: java -jar deferred.jar dump [--json] PID");
        assertThat(asked.exitValue()).isEqualTo(2);
        Process nobody = java("io.deferred.DumpCommand", "dump", "no-such-process");
        assertThat(printed(nobody)).startsWith("Process no-such-process cannot be asked: ");
        assertThat(nobody.exitValue()).isEqualTo(1);
    }
}
