// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.own;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitsTest {
    @Test
    void aLineIsANameANumberAndAReason() {
        assertThat(Limits.parse(List.of("new  24  # the one object", "map-1\t0 #x")))
                .isEqualTo(Map.of("new", 24L, "map-1", 0L));
    }

    @Test
    void emptyLinesAndCommentsAreLeftOut() {
        assertThat(Limits.parse(List.of("# all", "", "   ", "  # more", "new 24 # why")))
                .containsOnlyKeys("new");
    }

    @Test
    void theOrderOfTheFileIsKept() {
        assertThat(Limits.parse(List.of("b 1 # x", "a 2 # x", "c 3 # x")))
                .containsExactly(Map.entry("b", 1L), Map.entry("a", 2L), Map.entry("c", 3L));
    }

    @Test
    void aBadLineIsNamedWithItsNumber() {
        for (String bad :
                List.of("new", "new 24", "new 24 #", "new many # x", "new -1 # x", "new 2.5 # x", "a b 1 # x")) {
            assertThatThrownBy(() -> Limits.parse(List.of("# first", bad)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("line 2")
                    .hasMessageContaining(bad)
                    .hasMessageContaining("name  bytes  # why");
        }
    }

    @Test
    void aNameThatIsThereTwiceIsRefused() {
        assertThatThrownBy(() -> Limits.parse(List.of("new 24 # x", "new 32 # y")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 2")
                .hasMessageContaining("new is there twice");
    }

    @Test
    void aMessageNamesTheFile(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("some.limits"), "nonsense\n");
        assertThatThrownBy(() -> Limits.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("some.limits, line 1");
    }

    @Test
    void aFileThatIsNotThereIsNamed(@TempDir Path folder) {
        assertThatThrownBy(() -> Limits.read(folder.resolve("none.limits")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no file of limits")
                .hasMessageContaining("none.limits");
    }
}
