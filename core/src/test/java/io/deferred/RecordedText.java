// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The text of values in a trace. */
final class RecordedText {
    private static final double NANOS = 1e9;

    /** How programs call the objects that are no Deferreds. */
    private static final Map<Object, String> NAMES = Collections.synchronizedMap(new WeakHashMap<>());

    private RecordedText() {}

    /** Remembers how the program calls an object. */
    static <T> T named(String name, T object) {
        NAMES.put(object, name);
        return object;
    }

    static String show(@Nullable Object value) {
        if (value instanceof String text) {
            return "'" + text + "'";
        }
        if (value instanceof Failure failure) {
            return show(failure.exception());
        }
        if (value instanceof Throwable error) {
            return "!" + RecordedErrors.name(error) + details(error);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(RecordedText::show).collect(Collectors.joining(",", "[", "]"));
        }
        if (value instanceof Outcome.Success<?> success) {
            return "[true," + show(success.value()) + "]";
        }
        if (value instanceof Outcome.Failed<?> failed) {
            return "[false," + show(failed.failure()) + "]";
        }
        if (value instanceof DeferredList.One<?> one) {
            return "[" + show(one.value()) + "," + one.index() + "]";
        }
        if (value instanceof DeferredList.None<?> none) {
            return show(none.outcomes());
        }
        if (value instanceof Indexed<?> indexed) {
            return "[" + indexed.index() + "," + show(indexed.value()) + "]";
        }
        String name = NAMES.get(value);
        return name == null ? String.valueOf(value) : "<" + name + ">";
    }

    private static String details(Throwable error) {
        if (error instanceof RecordedErrors.ErrA || error instanceof RecordedErrors.ErrC) {
            return "('" + error.getMessage() + "')";
        }
        if (error instanceof FirstErrorException first) {
            return "(" + first.index() + "," + show(first.failure()) + ")";
        }
        if (error instanceof FailureGroupException group) {
            return show(group.failures());
        }
        return "";
    }

    /** The text that the function {@code tag} prefixes. */
    static String plain(@Nullable Object value) {
        if (value instanceof Failure failure) {
            return RecordedErrors.name(failure.exception());
        }
        if (value instanceof List<?> list) {
            return "list" + list.size();
        }
        if (value instanceof DeferredList.None<?> none) {
            return "list" + none.outcomes().size();
        }
        if (value instanceof DeferredList.One<?> || value instanceof Indexed<?>) {
            return "list2";
        }
        String name = NAMES.get(value);
        return name == null ? String.valueOf(value) : name;
    }

    static Duration time(double seconds) {
        return Duration.ofNanos(Math.round(seconds * NANOS));
    }

    static String show(Duration time) {
        return show(time.toNanos() / NANOS);
    }

    static String show(double seconds) {
        return seconds == Math.rint(seconds) ? Long.toString((long) seconds) : Double.toString(seconds);
    }
}
