// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.crawl;

import io.deferred.linkcheck.report.Problem;
import java.net.URI;
import java.util.Optional;

/** What came of asking for one address. */
sealed interface Answer {
    /**
     * It is there.
     *
     * @param anchors known if it is a page in HTML that was read to its end
     */
    record Found(Optional<Anchors> anchors) implements Answer {}

    /**
     * It is elsewhere.
     *
     * @param target where; a fragment of its own is of no interest
     */
    record Moved(URI target) implements Answer {}

    /**
     * It is not to be had.
     *
     * @param problem why
     */
    record Refused(Problem problem) implements Answer {}
}
