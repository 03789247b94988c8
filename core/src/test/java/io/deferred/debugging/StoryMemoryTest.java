// SPDX-License-Identifier: Apache-2.0
package io.deferred.debugging;

import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.Debugging;
import io.deferred.Deferred;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A story keeps no other Deferred alive. */
class StoryMemoryTest {
    @RegisterExtension
    final DebugMode debug = new DebugMode();

    @Test
    void aStoryKeepsNoOtherDeferredAlive() {
        Deferred<String> d = Deferred.succeed("start");
        WeakReference<Deferred<String>> gone = waitFor(d);
        assertCollected(gone);
        assertThat(Debugging.story(d)).contains("'inner'");
    }

    private static WeakReference<Deferred<String>> waitFor(Deferred<String> d) {
        Deferred<String> inner = new Deferred<String>().named("inner");
        d.chainCallback(v -> inner).called();
        inner.callback("v");
        return new WeakReference<>(inner);
    }

    /** The waiter of a waiter is reachable from the innermost one, as it runs, only by stories. */
    @Test
    void aStoryKeepsNoneAliveThatItsResultWentTo() {
        Deferred<String> inner = new Deferred<>();
        WeakReference<Deferred<String>> gone = giveTo(inner);
        inner.callback("v");
        assertCollected(gone);
        assertThat(Debugging.story(inner)).contains("    fired at ");
    }

    private static WeakReference<Deferred<String>> giveTo(Deferred<String> inner) {
        return new WeakReference<>(Deferred.succeed("start").chainCallback(v -> inner));
    }

    private static void assertCollected(WeakReference<?> gone) {
        for (int i = 0; i < 100 && gone.get() != null; i++) {
            System.gc();
        }
        assertThat(gone.get()).isNull();
    }
}
