// SPDX-License-Identifier: Apache-2.0
package io.deferred;

/**
 * The Deferreds of this JVM, for JMX: in the platform's server under the name {@value Management#NAME}, from the first Deferred that is made in debug mode, or from when {@link Debugging#registerMXBean()} is called. Where the module {@code java.management} is missing there is none.
 */
public interface DeferredsMXBean {
    /**
     * Takes a dump.
     *
     * @return {@link Dump#text()}
     */
    String dump();

    /**
     * Takes a dump.
     *
     * @return {@link Dump#json()}
     */
    String dumpJson();

    /**
     * Returns how the debug switch is.
     *
     * @return {@link Debugging#sampling()}
     */
    int getSampling();

    /**
     * Changes the debug switch, for Deferreds that are made from now on.
     *
     * @param oneIn one Deferred in how many has a story; 0 switches it off
     */
    void setSampling(int oneIn);
}
