// SPDX-License-Identifier: Apache-2.0
package io.deferred.debugging;

import static io.deferred.debugging.DebugMode.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deferred.AlreadyCalledException;
import io.deferred.Debugging;
import io.deferred.Deferred;
import io.deferred.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a Deferred tells of who has fired it, and where. */
class FiringStoryTest {
    @RegisterExtension
    final DebugMode debug = new DebugMode();

    @Test
    void itNamesTheThreadThatFires() throws InterruptedException {
        Deferred<String> d = new Deferred<>();
        Thread firer = new Thread(() -> d.callback("v"), "the firer");
        firer.start();
        firer.join();
        assertThat(Debugging.story(d)).contains(" with a java.lang.String (thread the firer)");
    }

    @Test
    void firedTwiceShowsBothFirings() {
        Deferred<String> d = new Deferred<>();
        String first = line(1);
        d.callback("v");
        String second = line(1);
        assertThatThrownBy(() -> d.callback("w"))
                .isInstanceOf(AlreadyCalledException.class)
                .hasMessageContaining("It was first fired at ")
                .hasMessageContaining(first)
                .hasMessageContaining(", and now at ")
                .hasMessageContaining(second);
    }

    @Test
    void onesThatAreMadeWithAResultWereFiredThere() {
        String made = line(1);
        Deferred<String> d = Deferred.succeed("v");
        assertThatThrownBy(() -> d.callback("w"))
                .hasMessageContaining("It was first fired at ")
                .hasMessageContaining(made);
    }

    @Test
    void whoeverFiresItIsTold() {
        Deferred<List<String>> all = Deferred.gatherResults(new Deferred<String>(), Deferred.succeed("b"));
        String cancelled = line(1);
        all.cancel();
        assertFired(all, cancelled);
        Deferred<String> source = new Deferred<>();
        Deferred<String> fork = source.fork();
        Deferred<String> target = new Deferred<>();
        source.chainDeferred(target);
        String fired = line(1);
        source.callback("v");
        assertFired(fork, fired);
        assertFired(target, fired);
        Deferred<String> body = Deferred.async(() -> new Deferred<String>().await());
        String bodyCancelled = line(1);
        body.cancel();
        assertThat(Debugging.story(body).lines())
                .anySatisfy(l -> assertThat(l)
                        .startsWith("    fired by a cancel, to wait for the end of its body, at ")
                        .endsWith(bodyCancelled));
        all.handle(f -> {});
        body.handle(f -> {});
    }

    private static void assertFired(Deferred<?> d, String line) {
        assertThat(Debugging.story(d).lines())
                .anySatisfy(l -> assertThat(l).startsWith("    fired at ").contains(line));
    }

    @Test
    void aThreadWhoseTextThrowsStrandsNobody() throws InterruptedException {
        Deferred<String> d = new Deferred<>();
        Thread nameless = new Thread(() -> d.callback("v"), "") {
            @Override
            public String toString() {
                throw new IllegalStateException("cannot be said");
            }
        };
        nameless.start();
        nameless.join();
        assertThat(d.outcome()).contains(new Outcome.Success<>("v"));
        assertThat(Debugging.story(d)).contains("(thread #");
    }
}
