// SPDX-License-Identifier: Apache-2.0
package io.deferred.debugging;

import io.deferred.Debugging;
import io.deferred.Dump;
import io.deferred.VirtualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests of other classes may have left Deferreds behind that wait: only those of a place are looked at. */
abstract class DumpLines {
    @RegisterExtension
    final DebugMode debug = new DebugMode();

    final VirtualClock clock = new VirtualClock();

    /** They must not be collected before they are looked for. */
    private final List<Object> held = new ArrayList<>();

    @BeforeEach
    void measureOnTheVirtualClock() {
        for (int i = 0; i < 50 && isAnyLeft(); i++) {
            System.gc();
        }
        Debugging.measureBy(clock);
    }

    /** Of a test before this one, or of the same one: what nobody holds is pending until it is collected. */
    private static boolean isAnyLeft() {
        return Dump.text()
                .lines()
                .anyMatch(l -> l.contains("made at io.deferred.debugging.Dump")
                        && !l.contains("aCircleThroughAwaitIsADeadlock"));
    }

    @AfterEach
    void measureAsUsual() {
        Debugging.measureBy(null);
        held.clear();
    }

    <T> T hold(T object) {
        held.add(object);
        return object;
    }

    static Optional<String> lineOf(String label) {
        return Dump.text()
                .lines()
                .filter(l -> l.contains("'" + label + "'") && l.startsWith("  "))
                .findFirst();
    }

    static List<String> deadlocksOf(String label) {
        return Dump.text()
                .lines()
                .filter(l -> l.startsWith("DEADLOCK: ") && l.contains("'" + label + "'"))
                .toList();
    }

    static String only(String label) {
        return lineOf(label).orElseThrow(() -> new AssertionError("no '" + label + "' in " + Dump.text()));
    }
}
