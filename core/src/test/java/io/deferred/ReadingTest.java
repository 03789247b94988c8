// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Labels, toString, and the reading of the state. */
class ReadingTest {
    @Test
    void toStringHasItsForms() {
        Deferred<String> inner = new Deferred<String>().named("inner");
        Deferred<String> d = new Deferred<String>().named("outer");
        assertThat(d.toString()).matches("Deferred@[0-9a-f]+ 'outer'");
        Deferred<String> end = d.chainCallback(v -> inner);
        d.callback("v");
        assertThat(end.toString()).matches("Deferred@[0-9a-f]+ 'outer' waiting on Deferred@[0-9a-f]+ 'inner'");
        end.pause();
        inner.callback("w");
        assertThat(end.toString()).matches("Deferred@[0-9a-f]+ 'outer' paused current result: 'w'");
        assertThat(new Deferred<>().toString()).matches("Deferred@[0-9a-f]+");
        assertThat(Deferred.succeed(null).toString()).endsWith("current result: null");
    }

    @Test
    void aRunningOneSaysWhoRunsIt() {
        List<String> seen = new ArrayList<>();
        Deferred<String> d = new Deferred<>();
        d.tap(v -> seen.add(d.toString()));
        d.callback("v");
        assertThat(seen)
                .singleElement()
                .asString()
                .endsWith("running on " + Thread.currentThread().getName());
    }

    @Test
    void theStateCanBeRead() {
        Deferred<String> inner = new Deferred<>();
        Deferred<String> d = new Deferred<>();
        assertThat(d.called()).isFalse();
        assertThat(d.outcome()).isEmpty();
        assertThat(d.waitingFor()).isEmpty();
        Deferred<String> end = d.chainCallback(v -> inner);
        d.callback("v");
        assertThat(end.called()).isTrue();
        assertThat(end.outcome()).isEmpty();
        assertThat(end.waitingFor().orElseThrow()).isSameAs(inner);
        inner.callback("w");
        assertThat(end.waitingFor()).isEmpty();
        assertThat(end.outcome()).contains(new Outcome.Success<>("w"));
    }

    @Test
    void aValueWithABrokenToStringDoesNotBreakIt() {
        Deferred<Object> d = Deferred.succeed(new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("broken");
            }
        });
        assertThat(d.toString()).contains("its toString threw");
    }
}
