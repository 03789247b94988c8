// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A file that a test locks, by objects that share a clock. None of them may leave a call behind. */
final class LockFile implements AfterEachCallback {
    final VirtualClock clock = new VirtualClock();
    final Path path;

    LockFile(Path directory) {
        path = directory.resolve("lock");
    }

    /** One object, which a test calls "here". */
    DeferredFileLock lock() {
        return new DeferredFileLock(path, clock);
    }

    /** Another object that holds the lock, which might as well be in another process. */
    DeferredFileLock elsewhere() throws IOException {
        DeferredFileLock elsewhere = lock();
        assertThat(elsewhere.tryAcquire()).isTrue();
        return elsewhere;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        assertThat(clock.delayedCalls()).isEmpty();
    }
}
