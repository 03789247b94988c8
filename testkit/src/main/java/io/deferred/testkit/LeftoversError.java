// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit;

import java.util.List;

/** A test, or a class, has left something behind. */
public final class LeftoversError extends AssertionError {
    private static final long serialVersionUID = 1L;

    LeftoversError(String owner, List<String> leftovers) {
        super(owner + " has left behind:" + System.lineSeparator() + String.join(System.lineSeparator(), leftovers));
    }
}
