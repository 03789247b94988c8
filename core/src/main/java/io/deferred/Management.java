// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.management.InstanceAlreadyExistsException;
import javax.management.ObjectName;

/** Where the MXBean is registered. Apart from everything else, because the module that it needs may be missing. */
final class Management implements DeferredsMXBean {
    static final String NAME = "io.deferred:type=Deferreds";

    private static final AtomicBoolean DONE = new AtomicBoolean();

    private Management() {}

    /** Registers it, if that has not been tried before; false if it cannot be. Never throws. */
    static boolean register() {
        if (DONE.getAndSet(true)) {
            return true;
        }
        try {
            ManagementFactory.getPlatformMBeanServer().registerMBean(new Management(), new ObjectName(NAME));
            return true;
        } catch (InstanceAlreadyExistsException e) {
            return true; // of another class loader's copy of this library
        } catch (Throwable t) {
            DONE.set(false);
            return false; // the module is missing, or its server refuses
        }
    }

    @Override
    public String dump() {
        return Dump.text();
    }

    @Override
    public String dumpJson() {
        return Dump.json();
    }

    @Override
    public int getSampling() {
        return Debugging.sampling();
    }

    @Override
    public void setSampling(int oneIn) {
        if (oneIn == 0) {
            Debugging.off();
        } else {
            Debugging.sample(oneIn);
        }
    }
}
