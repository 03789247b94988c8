// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** All of {@link DeepPrograms} that is a million deep, interpreted: frames are larger then. It takes some minutes. */
@Tag("slow")
class InterpretedStackTest {
    @TestFactory
    Stream<DynamicTest> theStackStaysAsItIs() throws Exception {
        DeepJvm jvm = new DeepJvm("deep", "-Xmx2g -Xint");
        return DeepPrograms.deep().keySet().stream()
                .map(program -> DynamicTest.dynamicTest(
                        program, () -> assertThat(jvm.outcomes().get(program)).matches("ok \\d+ ms")));
    }
}
