// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import org.jspecify.annotations.Nullable;

/** Values of users in messages: short, and whatever their {@code toString} does. */
final class Shown {
    private static final int LONGEST = 100;

    private Shown() {}

    static String brief(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        String text;
        try {
            text = value.toString();
        } catch (Throwable t) {
            return value.getClass().getName() + " (its toString threw "
                    + t.getClass().getName() + ")";
        }
        String shown = String.valueOf(text); // a toString may return null
        if (shown.length() > LONGEST) {
            shown = shown.substring(0, LONGEST) + "...";
        }
        return value instanceof CharSequence ? "'" + shown + "'" : shown;
    }
}
