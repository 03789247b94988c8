// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;

class ChildJvmTest {
    private static final Path JDK = Path.of(System.getProperty("java.home"));

    @Test
    void theCollectorOfTheUserTakesThePlaceOfOurs() throws Exception {
        Environment child = Environment.of(new ChildJvm(JDK, List.of("-XX:+UseSerialGC", "-Dsome=thing")));
        assertThat(child.jvmOptions())
                .contains("-Xmx1g", "-XX:+UseSerialGC", "-Dsome=thing")
                .doesNotContain("-XX:+UseG1GC");
    }

    @Test
    void aJvmThatFailsIsNamed() {
        ChildJvm jvm = new ChildJvm(JDK, List.of());
        assertThatThrownBy(
                        () -> jvm.run("what fails", Fails.class, List.of(), List.of(), new TypeReference<Object>() {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("what fails")
                .hasMessageContaining("code 3");
    }

    /** A program that ends at once. */
    static final class Fails {
        private Fails() {}

        public static void main(String[] args) {
            Runtime.getRuntime().halt(3);
        }
    }
}
