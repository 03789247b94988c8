// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import org.jspecify.annotations.Nullable;

/** A result that may not stand in the state slot as it is, because it would be taken for a state: null, and a Thread. */
sealed class Masked permits Taken {
    /** The result null. */
    static final Masked NIL = new Masked(null);

    private final @Nullable Object value;

    Masked(@Nullable Object value) {
        this.value = value;
    }

    /** The form in which the slot holds this value. */
    static Object mask(@Nullable Object value) {
        if (value == null) {
            return NIL;
        }
        return value instanceof Thread ? new Masked(value) : value;
    }

    /** The value that users see. */
    static @Nullable Object unmask(Object slot) {
        return slot instanceof Masked masked ? masked.value : slot;
    }

    /** A value under the type that the users of the pipeline have agreed on; null too, which that type then admits. */
    @SuppressWarnings({"unchecked", "NullAway", "TypeParameterUnusedInFormals"})
    static <T extends @Nullable Object> T as(@Nullable Object value) {
        return (T) value;
    }
}
