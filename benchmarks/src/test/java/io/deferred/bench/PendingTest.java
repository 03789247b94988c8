// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.bench.scenario.Gather;
import io.deferred.bench.scenario.ManyPending;
import io.deferred.bench.scenario.Pending;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PendingTest {
    @Test
    void whatGrowsGivesTheRightResult() {
        for (Class<? extends Scenario> scenario : List.of(ManyPending.class, Gather.class)) {
            List<Contender> contenders = Contender.of(scenario);
            assertThat(contenders).extracting(c -> c.library).containsAll(Growth.PEERS);
            contenders.forEach(c -> c.run(3));
        }
    }

    @Test
    void everyLibraryHasAPromiseThatWaits() throws Exception {
        Pending pending = new Pending();
        List<Method> methods = Arrays.stream(Pending.class.getDeclaredMethods())
                .filter(m -> Modifier.isPublic(m.getModifiers()))
                .toList();
        assertThat(methods).extracting(m -> Library.ofMethod(m.getName())).containsExactlyInAnyOrder(Library.values());
        for (Method method : methods) {
            assertThat(method.invoke(pending, 3)).as(method.getName()).isNotNull();
        }
    }
}
