// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.Deferred;
import java.io.File;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** This as a module, and what it shows. */
class ModuleTest {
    private static Path placeOf(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    @Test
    void itExportsOnePackage() throws Exception {
        ModuleDescriptor descriptor = ModuleFinder.of(placeOf(Reactor.class))
                .find("io.deferred.net")
                .orElseThrow()
                .descriptor();
        assertThat(descriptor.exports())
                .extracting(ModuleDescriptor.Exports::source)
                .containsExactly("io.deferred.net");
    }

    @Test
    void noTypeOfTheEngineIsInItsApi() throws Exception {
        List<String> seen = new ArrayList<>();
        try (Stream<Path> files = Files.list(placeOf(Reactor.class).resolve("io/deferred/net"))) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString().replace(".class", "");
                Class<?> type = Class.forName("io.deferred.net." + name);
                if (Modifier.isPublic(type.getModifiers())) {
                    Stream.of(type.getGenericInterfaces()).forEach(t -> seen.add(t.getTypeName()));
                    for (Method method : type.getDeclaredMethods()) {
                        if ((method.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0) {
                            seen.add(method.toGenericString());
                        }
                    }
                    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
                        if ((constructor.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0) {
                            seen.add(constructor.toGenericString());
                        }
                    }
                }
            }
        }
        assertThat(seen).hasSizeGreaterThan(100).noneMatch(s -> s.contains("vertx") || s.contains("netty"));
    }

    @Test
    void aProgramRunsOnItAsAModule() throws Exception {
        String libraries = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(jar -> jar.contains("vertx") || jar.contains("netty") || jar.contains("jackson-core"))
                .reduce((one, other) -> one + File.pathSeparator + other)
                .orElseThrow();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--module-path",
                        placeOf(Deferred.class)
                                + File.pathSeparator
                                + placeOf(Reactor.class)
                                + File.pathSeparator
                                + libraries,
                        "--add-modules",
                        "io.deferred.net",
                        "-cp",
                        placeOf(ModuleTest.class).toString(),
                        "outside.PlainProgram")
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        assertThat(printed.lines()).as(printed).endsWith("hello", "module io.deferred.net");
    }
}
