// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc;

/** How the work of an operation is made into a transaction. */
enum Ending {
    /** As the connection comes: if it does not commit by itself, there is a commit at the end. */
    AS_THE_CONNECTION_IS,

    /** There is a commit at the end in any case, so that no cancel can come after what cannot be taken back. */
    COMMIT
}
