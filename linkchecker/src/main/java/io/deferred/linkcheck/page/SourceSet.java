// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.page;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the attribute srcset: addresses with descriptors, separated by commas. */
final class SourceSet {
    /** An address ends at white space: a comma may be part of it, but not its last character. */
    private static final Pattern CANDIDATE = Pattern.compile("[\\s,]*(\\S*[^\\s,])(?:,|[^,]*)");

    private SourceSet() {}

    static List<String> addresses(String srcset) {
        List<String> addresses = new ArrayList<>();
        Matcher matcher = CANDIDATE.matcher(srcset);
        while (matcher.find()) {
            addresses.add(matcher.group(1));
        }
        return addresses;
    }
}
