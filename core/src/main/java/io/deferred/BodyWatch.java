// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import org.jspecify.annotations.Nullable;

/** Lets the replay of recorded programs run bodies in step with the thread that starts and resumes them. Null elsewhere. */
interface BodyWatch {
    /** By the thread that has started or resumed the body: it is to go on when the body rests. */
    void untilItRests(Body<?> body);

    /** By the body's own thread: it is about to wait, or has ended. */
    void rests(Body<?> body);

    /** Holds the watch, if there is one. */
    final class Installed {
        static volatile @Nullable BodyWatch watch;

        private Installed() {}
    }
}
