// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import org.jspecify.annotations.Nullable;

/**
 * A value and the place, from 0, of the Deferred that gave it among several.
 *
 * @param index the place
 * @param value the value, which may be null
 * @param <T> its type
 */
public record Indexed<T extends @Nullable Object>(int index, T value) {}
