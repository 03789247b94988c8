// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Misuse answers at once, says what was wrong and what to do, and changes nothing. */
class MisuseTest {
    private final VirtualClock clock = new VirtualClock();

    @Test
    void firingTwiceSaysWhatItHasAndWhatWasNotTaken() {
        Deferred<String> d = new Deferred<String>().named("login");
        d.callback("first");
        assertThatThrownBy(() -> d.callback("second"))
                .isInstanceOf(AlreadyCalledException.class)
                .hasMessageContaining("'login'")
                .hasMessageContaining("'first'")
                .hasMessageContaining("'second'");
        assertThatThrownBy(() -> d.errback(new Exception("late")))
                .isInstanceOf(AlreadyCalledException.class)
                .hasMessageContaining("late");
        assertThat(d.outcome()).contains(new Outcome.Success<>("first"));
    }

    @Test
    void firingWithADeferredIsRefused() {
        Deferred<Object> d = new Deferred<>();
        assertThatThrownBy(() -> d.callback(new Deferred<>()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("chainDeferred");
        assertThat(d.called()).isFalse();
        assertThatThrownBy(() -> Deferred.succeed(new Deferred<>())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @SuppressWarnings("CheckReturnValue") // it is thrown before there is one
    void nullFunctionsAreRefused() {
        Deferred<String> d = new Deferred<>();
        assertThatThrownBy(() -> d.addCallback(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("callback");
        assertThatThrownBy(() -> d.addErrback(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("errback");
        assertThatThrownBy(() -> d.addErrback(Exception.class, null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> d.addErrback(null, e -> "")).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> d.addBoth(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("both");
        assertThatThrownBy(() -> d.addCallbacks(x -> x, null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> d.tap(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> d.consume(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> d.handle(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> d.chainDeferred(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> d.named(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> d.onLateResult(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> d.errback((Throwable) null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> new Deferred<String>((Canceller<String>) null))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> Deferred.maybeDeferred(null)).isInstanceOf(NullPointerException.class);
        assertThat(d.called()).isFalse();
        d.callback("still works");
        assertThat(d.outcome()).contains(new Outcome.Success<>("still works"));
    }

    @Test
    void anUnpauseTooManyIsRefused() {
        Deferred<String> d = new Deferred<String>().named("login");
        assertThatThrownBy(d::unpause)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'login'")
                .hasMessageContaining("too many");
        d.pause();
        d.unpause();
        assertThatThrownBy(d::unpause).isInstanceOf(IllegalStateException.class);
        d.callback("v");
        assertThat(d.outcome()).contains(new Outcome.Success<>("v"));
    }

    @Test
    @SuppressWarnings("CheckReturnValue") // it is thrown before there is one
    void negativeDurationsAreRefused() {
        Duration negative = Duration.ofSeconds(-1);
        Deferred<String> d = new Deferred<>();
        assertThatThrownBy(() -> d.addTimeout(negative, clock))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT-1S");
        assertThatThrownBy(() -> d.get(negative)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> clock.callLater(negative, () -> {})).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> clock.advance(negative)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> clock.jump(negative)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Deferred.deferLater(clock, negative)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Scheduler.system().callLater(negative, () -> {}))
                .isInstanceOf(IllegalArgumentException.class);
        DelayedCall call = clock.callLater(Duration.ofSeconds(5), () -> {});
        assertThatThrownBy(() -> call.reset(negative)).isInstanceOf(IllegalArgumentException.class);
        call.delay(negative);
        assertThat(call.time()).as("delay by a negative time means earlier").isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void waitingInOnesOwnCallbackIsRefused() {
        Deferred<String> d = new Deferred<>();
        Deferred<Object> result = d.addCallback(v -> d.get(Duration.ofSeconds(1)));
        d.callback("v");
        result.addErrback(IllegalStateException.class, e -> e.getMessage());
        assertThat(result.outcome().orElseThrow().unwrap().toString()).contains("own callbacks");
    }
}
