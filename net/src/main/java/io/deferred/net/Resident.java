// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.deferred.Deferred;
import org.jspecify.annotations.Nullable;

/** Something that lives on a loop, and has to end before the loop does. Both methods are called on the loop. */
interface Resident {
    /** Takes in nothing new, and comes to its end. Fires when it has; never fails. */
    Deferred<@Nullable Void> drain();

    /** Ends now. Fires when it has, which is soon; never fails. */
    Deferred<@Nullable Void> abort();
}
