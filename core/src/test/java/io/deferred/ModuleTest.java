// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The core as a module, in a JVM of its own that has no module but java.base: no JSpecify, no management, no flight recorder, no logging. */
class ModuleTest {
    @Test
    void aProgramRunsOnJavaBaseAlone() throws Exception {
        ChildJvm.Result result = ChildJvm.run(
                "--limit-modules",
                "java.base",
                "--module-path",
                placeOf(Deferred.class),
                "--add-modules",
                "io.deferred",
                "-cp",
                placeOf(ModuleTest.class),
                "outside.PlainProgram");
        assertThat(result.exitCode()).as(result.toString()).isZero();
        assertThat(result.output().lines())
                .startsWith("[slept, soon]", "module io.deferred", "[io.deferred, java.base]");
    }

    @Test
    void whatIsUnhandledAtTheEndGoesToSystemErr() throws Exception {
        ChildJvm.Result result = ChildJvm.run(
                "-cp",
                placeOf(Deferred.class) + File.pathSeparator + placeOf(ModuleTest.class),
                "outside.PlainProgram");
        assertThat(result.errors())
                .contains("Unhandled failure in Deferred@")
                .contains("'forgotten' (the JVM exits)")
                .contains("java.lang.IllegalStateException: left to the end")
                .contains("outside.PlainProgram.main");
    }

    private static String placeOf(Class<?> type) throws IOException {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }
}
