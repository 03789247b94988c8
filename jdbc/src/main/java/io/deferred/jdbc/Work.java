// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc;

import org.jspecify.annotations.Nullable;

/** What an operation does with its connection. */
@FunctionalInterface
interface Work<T extends @Nullable Object> {
    T run(Session session) throws Exception;

    /** How the work is made into a transaction. */
    enum Kind {
        /** As the connection comes: if it does not commit by itself, there is a commit at the end. */
        AS_THE_CONNECTION_IS,

        /** There is a commit at the end in any case, so that no cancel can come after what cannot be taken back. */
        TRANSACTION
    }
}
