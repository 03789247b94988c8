// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.crawl;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;
import java.util.regex.Pattern;

/** Escapes what may not stand in an address, and nothing else. */
final class Escapes {
    /** A percent sign without its two digits, and all characters that RFC 3986 does not have. */
    private static final Pattern FOREIGN = Pattern.compile("%(?![0-9A-Fa-f]{2})|[^%A-Za-z0-9._~:/?@!$&'()*+,;=-]");

    private static final HexFormat HEX = HexFormat.of().withUpperCase().withPrefix("%");

    private Escapes() {}

    static String escape(String text) {
        return FOREIGN.matcher(text)
                .replaceAll(match -> HEX.formatHex(match.group().getBytes(UTF_8)));
    }
}
