// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import java.time.Duration;

/** Refuses bad arguments at once, and says what would be a good one. */
final class Checks {
    private Checks() {}

    static Duration notNegative(Duration duration, String what) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException(what + " must not be negative: " + duration);
        }
        return duration;
    }

    static Duration positive(Duration duration, String what) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(what + " must be longer than zero: " + duration);
        }
        return duration;
    }

    static int positive(int number, String what) {
        if (number < 1) {
            throw new IllegalArgumentException(what + " must be at least 1: " + number);
        }
        return number;
    }

    static long notNegative(long number, String what) {
        if (number < 0) {
            throw new IllegalArgumentException(what + " must not be negative: " + number);
        }
        return number;
    }

    static int port(int port, int lowest) {
        if (port < lowest || port > 65_535) {
            throw new IllegalArgumentException("a port is a number from " + lowest + " to 65535: " + port);
        }
        return port;
    }
}
