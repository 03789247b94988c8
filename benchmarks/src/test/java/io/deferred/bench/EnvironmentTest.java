// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
    @Test
    void versionsAreReadFromTheNamesOfTheJars() {
        String classPath = String.join(
                File.pathSeparator,
                "/x/target/classes",
                "/x/lib/vertx-core-logging-5.0.jar",
                "/x/lib/vertx-core-5.2.3.jar",
                "/x/lib/guava-33.8.0-jre.jar");
        assertThat(Environment.versions(classPath))
                .isEqualTo(Map.of(Library.VERTX, "5.2.3", Library.GUAVA, "33.8.0-jre"));
    }

    @Test
    void allPeersThatComeInJarsHaveAVersionHere() {
        assertThat(Environment.here().libraries())
                .hasSizeGreaterThanOrEqualTo(
                        Library.values().length - 2); // not the JDK's, and not ours, which is in a folder
    }

    @Test
    void oneLineSaysWhereItWas() {
        Environment here = Environment.here();
        assertThat(here.toString())
                .hasLineCount(1)
                .contains("JDK " + Runtime.version(), here.cpu(), here.cores() + " cores");
    }
}
