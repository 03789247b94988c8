// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deferred.spi.EventLoopThread;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventLoopThreadTest {
    @AfterEach
    void thisThreadIsNone() {
        EventLoopThread.leave();
    }

    @Test
    void awaitIsRefusedWithTheNameOfTheLoop() {
        EventLoopThread.enter("loop-7");
        assertThatThrownBy(() -> Deferred.succeed(1).await())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("await()")
                .hasMessageContaining("the event loop loop-7")
                .hasMessageContaining("Deferred.async");
    }

    @Test
    void getIsRefusedWithTheNameOfTheLoop() {
        EventLoopThread.enter("loop-7");
        assertThatThrownBy(() -> Deferred.succeed(1).get(Duration.ofSeconds(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("get()")
                .hasMessageContaining("the event loop loop-7");
    }

    @Test
    void whoHasLeftMayWaitAgain() throws Exception {
        EventLoopThread.enter("loop-7");
        assertThat(EventLoopThread.current()).contains("loop-7");
        EventLoopThread.leave();
        assertThat(EventLoopThread.current()).isEmpty();
        assertThat(Deferred.succeed(1).get(Duration.ofSeconds(1))).isEqualTo(1);
        assertThat(Deferred.succeed(2).await()).isEqualTo(2);
    }
}
