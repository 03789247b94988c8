// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.own;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnBytesTest {
    @Test
    void theFileHasALimitForEachWorkInTheSameOrder() throws Exception {
        List<String> limited =
                new ArrayList<>(Limits.read(Path.of("bytes.limits")).keySet());
        assertThat(OwnBytes.names()).doesNotHaveDuplicates().isEqualTo(limited);
    }

    @Test
    void whatIsGivenIsNotCounted() {
        assertThat(OwnChild.bytesOf(Work.given("given", () -> new byte[1000], bytes -> bytes)))
                .isZero();
    }

    @Test
    void whatTheBodyMakesIsCountedExactly() {
        assertThat(OwnChild.bytesOf(Work.of("made", () -> new byte[1000]))).isEqualTo(1016);
    }

    @Test
    void bytesAreThoseOfOnePart() {
        assertThat(OwnChild.bytesOf(Work.given("parts", Object::new, given -> new byte[10_000])
                        .perPart(100)))
                .isEqualTo(100);
    }
}
