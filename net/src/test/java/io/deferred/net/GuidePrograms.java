// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles the programs of the guide, so that tests can call them. */
final class GuidePrograms {
    static final Path GUIDE = Path.of("..", "docs", "guide", "net");

    private GuidePrograms() {}

    static Class<?> compiled(String name) throws Exception {
        Path classes = Files.createTempDirectory("guide");
        classes.toFile().deleteOnExit();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean good = compiler.getTask(
                            messages,
                            files,
                            null,
                            List.of("-d", classes.toString(), "-Xlint:all,-classfile", "-Werror", "-proc:none"),
                            null,
                            files.getJavaFileObjects(GUIDE.resolve(name + ".java")))
                    .call();
            assertThat(good).as(messages.toString()).isTrue();
        }
        // Not closed: its classes may be loaded as long as they are used.
        return new URLClassLoader(new URL[] {classes.toUri().toURL()}, GuidePrograms.class.getClassLoader())
                .loadClass(name);
    }
}
