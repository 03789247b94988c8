// SPDX-License-Identifier: Apache-2.0
package io.deferred.debugging;

import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.Callback;
import io.deferred.Debugging;
import io.deferred.Deferred;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A callback that meets a value of another type than its reference said. */
class StaleTypeTest {
    private static final String EXPLAINED = "it met a value of another type: ";

    @RegisterExtension
    final DebugMode debug = new DebugMode();

    private static String storyWith(Callback<Integer, Integer> stale) {
        Deferred<Integer> number = new Deferred<>();
        number.addCallback(n -> "number " + n).called();
        Deferred<Integer> next = number.addCallback(stale);
        number.callback(1);
        String story = Debugging.story(next);
        next.handle(f -> assertThat(f.exception()).isInstanceOf(ClassCastException.class));
        return story;
    }

    @Test
    void aLambdaIsFoundOut() {
        assertThat(storyWith(n -> n + 1))
                .contains(EXPLAINED, "java.lang.String cannot be cast to class java.lang.Integer");
    }

    @Test
    void aMethodReferenceIsFoundOut() {
        assertThat(storyWith(Integer::reverse)).contains(EXPLAINED);
    }

    @Test
    void anObjectOfAClassIsFoundOut() {
        assertThat(storyWith(new Callback<>() {
                    @Override
                    public Integer call(Integer n) {
                        return n + 1;
                    }
                }))
                .contains(EXPLAINED);
    }

    @Test
    void aCastOfTheCallbacksOwnIsNotMistakenForIt() {
        Deferred<Object> d = new Deferred<>();
        Deferred<Integer> next = d.addCallback(v -> (Integer) v);
        d.callback("text");
        assertThat(Debugging.story(next))
                .contains("threw java.lang.ClassCastException")
                .doesNotContain(EXPLAINED);
        next.handle(f -> {});
    }

    @Test
    void aConsumerOfAClassIsFoundOut() {
        Deferred<Integer> number = new Deferred<>();
        number.addCallback(n -> "number " + n).called();
        Deferred<?> end = number.consume(new Consumer<>() {
            @Override
            public void accept(Integer n) {}
        });
        number.callback(1);
        assertThat(Debugging.story(end)).contains(EXPLAINED);
        end.handle(f -> {});
    }

    @Test
    void anErrbackThatPassesTheExceptionOnIsNotAccused() {
        Deferred<Integer> number = new Deferred<>();
        number.addCallback(n -> "number " + n).called();
        Deferred<Integer> next = number.addCallback(n -> n + 1).addErrback(f -> f.raise());
        number.callback(1);
        assertThat(Debugging.story(next).lines().filter(l -> l.contains(EXPLAINED)))
                .hasSize(1);
        next.handle(f -> {});
    }

    @Test
    void anotherExceptionIsToldAlone() {
        Deferred<Integer> next = Deferred.succeed(1).addCallback(n -> {
            throw new IllegalStateException("of its own");
        });
        assertThat(Debugging.story(next).lines())
                .anySatisfy(l -> assertThat(l).endsWith("and threw java.lang.IllegalStateException"));
        next.handle(f -> {});
    }

    @Test
    void oneWithoutACallerIsNotAccused() {
        ClassCastException rootless = new ClassCastException("cut short");
        rootless.setStackTrace(new StackTraceElement[] {new StackTraceElement("app.Main", "call", "Main.java", 1)});
        Deferred<Integer> next = Deferred.succeed(1).addCallback(n -> {
            throw rootless;
        });
        assertThat(Debugging.story(next).lines())
                .anySatisfy(l -> assertThat(l).endsWith("and threw java.lang.ClassCastException"));
        next.handle(f -> assertThat(f.exception()).isSameAs(rootless));
        assertThat(debug.reports()).isEmpty();
    }
}
