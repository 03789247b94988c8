// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A Deferred in two parts, made by {@link Deferred#pair()}: one that fires, for the producer, and one that is read. While somebody may fire it, somebody holds the write side; when that has been dropped unfired, those who wait get an {@link AbandonedException} instead of waiting for ever.
 *
 * @param writeSide fires; to be held by the producer alone
 * @param readSide is what others wait for. It does not keep the write side alive
 * @param <T> the type of the result
 */
public record Pair<T extends @Nullable Object>(WriteSide<T> writeSide, Deferred<T> readSide) {
    /**
     * Takes both.
     *
     * @param writeSide fires
     * @param readSide is waited for
     * @throws NullPointerException if one is null
     */
    public Pair {
        Objects.requireNonNull(writeSide, "writeSide");
        Objects.requireNonNull(readSide, "readSide");
    }

    static <T extends @Nullable Object> Pair<T> make() {
        Deferred<T> readSide = new Deferred<>();
        return new Pair<>(new WriteSide<>(readSide), readSide);
    }
}
