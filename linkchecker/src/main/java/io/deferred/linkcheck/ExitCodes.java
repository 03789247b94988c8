// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck;

/** What the program ends with. That Ctrl-C ends it with 130 is the JVM's doing. */
final class ExitCodes {
    static final int FINE = 0;
    static final int BROKEN = 1;
    static final int USAGE = 2;

    /** The program itself is broken: EX_SOFTWARE of sysexits.h. */
    static final int DEFECT = 70;

    private ExitCodes() {}
}
