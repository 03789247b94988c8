// SPDX-License-Identifier: Apache-2.0
package io.deferred.debugging;

import io.deferred.Debugging;
import java.lang.management.ManagementFactory;
import javax.management.ObjectName;

/** A program that registers the bean twice, and prints what comes of it. With an argument somebody else has taken its name before. */
final class Registering {
    private Registering() {}

    public interface SomebodyElseMBean {}

    private static final class SomebodyElse implements SomebodyElseMBean {}

    public static void main(String[] args) throws Exception {
        ObjectName name = new ObjectName("io.deferred:type=Deferreds");
        if (args.length > 0) {
            ManagementFactory.getPlatformMBeanServer()
                    .registerMBean(
                            new javax.management.StandardMBean(new SomebodyElse(), SomebodyElseMBean.class), name);
        }
        boolean first = Debugging.registerMXBean();
        boolean there = first && ManagementFactory.getPlatformMBeanServer().isRegistered(name);
        System.out.println(first + " " + there + " " + Debugging.registerMXBean());
    }
}
