// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.crawl;

import io.deferred.linkcheck.report.Problem;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where an address leads, redirect by redirect.
 *
 * @param hops the addresses on the way, without the first
 * @param end what the last one answered; empty if it was not asked
 */
record Trail(List<URI> hops, Optional<Answer> end) {
    static Trail from(URI address, Map<URI, Answer> answers) {
        Set<URI> seen = new LinkedHashSet<>();
        URI current = address;
        while (seen.add(current)) {
            Answer answer = answers.get(current);
            if (!(answer instanceof Answer.Moved moved)) {
                return new Trail(withoutFirst(seen), Optional.ofNullable(answer));
            }
            current = moved.target();
        }
        List<URI> hops = withoutFirst(seen);
        hops.add(current);
        Problem loop = new Problem(Problem.Kind.REDIRECT_LOOP, "redirects in a circle");
        return new Trail(hops, Optional.of(new Answer.Refused(loop)));
    }

    private static List<URI> withoutFirst(Set<URI> seen) {
        List<URI> hops = new ArrayList<>(seen);
        hops.remove(0);
        return hops;
    }
}
