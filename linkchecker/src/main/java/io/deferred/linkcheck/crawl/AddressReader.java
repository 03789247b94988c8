// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.crawl;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads absolute addresses as browsers do: characters that an address may not have are escaped, and what makes no
 * difference (the case of the host, the default port, an empty path) is made the same.
 */
public final class AddressReader {
    /** The parts of an address, by RFC 3986, appendix B. */
    private static final Pattern PARTS =
            Pattern.compile("(?s)(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(\\?[^#]*)?(?:#(.*))?");

    private AddressReader() {}

    /**
     * Reads the address of a page to start from.
     *
     * @param text an address of http or https
     * @return the address without its fragment
     * @throws URISyntaxException if it is no such address; the reason says why, for people
     */
    public static URI start(String text) throws URISyntaxException {
        Destination destination = read(text);
        if (destination instanceof Destination.Web web) {
            return web.address();
        }
        if (destination instanceof Destination.Malformed malformed) {
            throw new URISyntaxException(text, malformed.why());
        }
        throw new URISyntaxException(text, "only http: and https: can be checked");
    }

    static Destination read(String text) {
        Matcher parts = PARTS.matcher(text.strip());
        if (!parts.matches() || parts.group(1) == null) {
            return new Destination.Malformed(text, "not an address");
        }
        String scheme = parts.group(1).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            return new Destination.Other(scheme);
        }
        try {
            String fragment = Escapes.escape(Objects.requireNonNullElse(parts.group(5), ""));
            return new Destination.Web(address(scheme, parts), fragment);
        } catch (URISyntaxException e) {
            return new Destination.Malformed(text, "not an address: " + e.getReason());
        } catch (IllegalArgumentException e) {
            return new Destination.Malformed(text, "not an address: " + e.getMessage());
        }
    }

    private static URI address(String scheme, Matcher parts) throws URISyntaxException {
        String authority = Objects.requireNonNullElse(parts.group(2), "");
        if (authority.isEmpty()) {
            throw new IllegalArgumentException("it names no host");
        }
        String path = parts.group(3).isEmpty() ? "/" : parts.group(3);
        String query = Objects.requireNonNullElse(parts.group(4), "");
        String text = scheme + "://" + host(scheme, authority) + Escapes.escape(path) + Escapes.escape(query);
        URI address = new URI(text).parseServerAuthority();
        if (address.getPort() > 65_535) {
            throw new IllegalArgumentException("there is no port " + address.getPort());
        }
        return address;
    }

    private static String host(String scheme, String authority) {
        String host = authority.startsWith("[") ? authority : IDN.toASCII(authority, IDN.ALLOW_UNASSIGNED);
        String defaultPort = scheme.equals("http") ? ":80" : ":443";
        String bare = host.endsWith(defaultPort) ? host.substring(0, host.length() - defaultPort.length()) : host;
        return bare.toLowerCase(Locale.ROOT);
    }
}
