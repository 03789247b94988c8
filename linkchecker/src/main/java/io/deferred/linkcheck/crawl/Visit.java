// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.crawl;

import io.deferred.linkcheck.page.Link;
import io.deferred.linkcheck.report.Problem;
import java.util.List;

/**
 * What a visitor brings back.
 *
 * @param answer what came of it
 * @param links the links of the page, if it is one that was read
 * @param reading how far it was read
 */
record Visit(Answer answer, List<Link> links, Reading reading) {
    /** How far a page was read. */
    enum Reading {
        NOT,
        IN_PART,
        WHOLE
    }

    static Visit without(Answer answer) {
        return new Visit(answer, List.of(), Reading.NOT);
    }

    static Visit refused(Problem.Kind kind, String text) {
        return without(new Answer.Refused(new Problem(kind, text)));
    }

    static Visit failed(Throwable error) {
        return without(new Answer.Refused(FetchProblems.of(error)));
    }
}
