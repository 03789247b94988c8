// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** {@code java -jar deferred.jar dump PID}: prints the {@link Dump} of another JVM of the same user. It needs the modules {@code jdk.attach} and {@code java.management.rmi}, which a JDK has. */
public final class DumpCommand {
    private static final String USAGE = """
            Usage: java -jar deferred.jar dump [--json] PID

            Prints what the process waits for: its pending Deferreds, and whom they wait for. It must run with
            -Dio.deferred.debug=full (or a number), or have called io.deferred.Debugging.full().
            """;

    private DumpCommand() {}

    /**
     * Runs it and ends the JVM.
     *
     * @param args the command line
     */
    @SuppressWarnings("SystemOut") // it is what it is for
    public static void main(String[] args) {
        System.exit(run(System.out, System.err, List.of(args)));
    }

    /** Returns the exit code: 0, 1 if the process cannot be asked, 2 if the command line is not understood. */
    static int run(PrintStream out, PrintStream err, List<String> args) {
        boolean json = args.contains("--json");
        List<String> others = args.stream().filter(a -> !a.equals("--json")).toList();
        if (others.size() != 2 || !others.get(0).equals("dump")) {
            err.print(USAGE);
            return 2;
        }
        String pid = others.get(1);
        try {
            out.println(ask(pid, json ? "dumpJson" : "dump"));
            return 0;
        } catch (InstanceNotFoundException e) {
            err.println("Process " + pid + " has no Deferreds that are debugged. " + Debugging.hint());
        } catch (AttachNotSupportedException | IOException | JMException e) {
            err.println("Process " + pid + " cannot be asked: " + e.getMessage());
        }
        return 1;
    }

    @SuppressWarnings("BanJNDI") // the address is the one that the process itself has just told, on this machine
    private static Object ask(String pid, String operation)
            throws AttachNotSupportedException, IOException, JMException {
        VirtualMachine vm = VirtualMachine.attach(pid);
        try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(vm.startLocalManagementAgent()))) {
            return connector
                    .getMBeanServerConnection()
                    .invoke(new ObjectName(Management.NAME), operation, new Object[0], new String[0]);
        } finally {
            vm.detach();
        }
    }
}
