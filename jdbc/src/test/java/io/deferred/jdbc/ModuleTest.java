// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.Deferred;
import java.io.File;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** This as a module, in a JVM of its own that has java.sql and what that needs, and no JSpecify. */
class ModuleTest {
    private static Path placeOf(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    @Test
    void itNeedsTheCoreAndJavaSqlAlone() throws Exception {
        ModuleDescriptor descriptor = ModuleFinder.of(placeOf(ConnectionPool.class))
                .find("io.deferred.jdbc")
                .orElseThrow()
                .descriptor();
        assertThat(descriptor.requires().stream()
                        .filter(r -> !r.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC))
                        .map(ModuleDescriptor.Requires::name))
                .containsExactlyInAnyOrder("java.base", "java.sql", "io.deferred");
        assertThat(descriptor.exports())
                .extracting(ModuleDescriptor.Exports::source)
                .containsExactly("io.deferred.jdbc");
    }

    @Test
    void aProgramRunsOnItAsAModule() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--limit-modules",
                        "java.sql,io.deferred,java.naming", // the last one is for H2
                        "--module-path",
                        placeOf(Deferred.class) + File.pathSeparator + placeOf(ConnectionPool.class),
                        "--add-modules",
                        "io.deferred.jdbc",
                        "-cp",
                        placeOf(ModuleTest.class) + File.pathSeparator + placeOf(org.h2.Driver.class),
                        "outside.PlainProgram")
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        assertThat(printed.lines()).containsExactly("[42]", "module io.deferred.jdbc");
    }
}
