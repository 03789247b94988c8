// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.Map;
import java.util.concurrent.TimeoutException;

/** The errors that programs throw by themselves, and the library's own under the names that Twisted gives them. */
final class RecordedErrors {
    private RecordedErrors() {}

    static class ErrA extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ErrA(String message) {
            super(message);
        }
    }

    static final class ErrB extends ErrA {
        private static final long serialVersionUID = 1L;

        ErrB(String message) {
            super(message);
        }
    }

    static final class ErrC extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ErrC(String message) {
            super(message);
        }
    }

    /** What a program may trap or check by name. */
    private static final Map<String, Class<? extends Throwable>> TYPES = Map.of(
            "ErrA", ErrA.class,
            "ErrB", ErrB.class,
            "ErrC", ErrC.class,
            "AlreadyCalledError", AlreadyCalledException.class,
            "CancelledError", CancelledException.class,
            "TimeoutError", TimeoutException.class,
            "FirstError", FirstErrorException.class);

    static Class<? extends Throwable> type(String name) {
        Class<? extends Throwable> type = TYPES.get(name);
        if (type == null) {
            throw new AssertionError("unknown type of error: " + name);
        }
        return type;
    }

    static RuntimeException make(String name, String message) {
        return switch (name) {
            case "ErrA" -> new ErrA(message);
            case "ErrB" -> new ErrB(message);
            case "ErrC" -> new ErrC(message);
            default -> throw new AssertionError("not an error of a program: " + name);
        };
    }

    /** Twisted's name for it. */
    static String name(Throwable error) {
        if (error instanceof ErrA || error instanceof ErrC) {
            return error.getClass().getSimpleName();
        }
        if (error instanceof AlreadyCalledException) {
            return "AlreadyCalledError";
        }
        if (error instanceof CancelledException) {
            return "CancelledError";
        }
        if (error instanceof TimeoutException) {
            return "TimeoutError";
        }
        if (error instanceof FirstErrorException) {
            return "FirstError";
        }
        if (error instanceof FailureGroupException) {
            return "FailureGroup";
        }
        if (error instanceof DelayedCallCalledException) {
            return "AlreadyCalled";
        }
        if (error instanceof DelayedCallCancelledException) {
            return "AlreadyCancelled";
        }
        if (error instanceof SchedulerException) {
            return error.getClass().getSimpleName().replace("Exception", "");
        }
        if (error instanceof QueueOverflowException) {
            return "QueueOverflow";
        }
        if (error instanceof QueueUnderflowException) {
            return "QueueUnderflow";
        }
        if (error instanceof IllegalStateException) {
            return "AssertionError";
        }
        if (error instanceof IllegalArgumentException) {
            return "ValueError";
        }
        return "?" + error;
    }
}
