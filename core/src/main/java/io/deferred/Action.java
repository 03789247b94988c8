// SPDX-License-Identifier: Apache-2.0
package io.deferred;

/** A {@link java.util.concurrent.Callable} without a result. */
@FunctionalInterface
public interface Action {
    /**
     * Does it.
     *
     * @throws Exception if it cannot
     */
    void run() throws Exception;
}
