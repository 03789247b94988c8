// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import java.net.URI;
import java.net.URISyntaxException;

/** URLs as HTTP has them. */
final class HttpUrl {
    private HttpUrl() {}

    /** The same, if it is one that can be asked for. */
    static String checked(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "not a URL: " + url + " (" + e.getReason() + " at " + e.getIndex() + ")", e);
        }
        String scheme = uri.getScheme();
        if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme)) {
            throw new IllegalArgumentException("a URL must be absolute, and begin with http:// or https://: " + url);
        }
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("the URL names no host: " + url);
        }
        return url;
    }

    static boolean secure(URI url) {
        return "https".equalsIgnoreCase(url.getScheme());
    }

    static int port(URI url) {
        return url.getPort() >= 0 ? url.getPort() : secure(url) ? 443 : 80;
    }

    /** Without the brackets of an IPv6 address. */
    static String host(URI url) {
        String host = url.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** What the first line of a request says. */
    static String pathAndQuery(URI url) {
        String path = url.getRawPath();
        String query = url.getRawQuery();
        return (path == null || path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
    }

    static boolean sameOrigin(URI one, URI other) {
        return secure(one) == secure(other)
                && port(one) == port(other)
                && host(one).equalsIgnoreCase(host(other));
    }

    /** Of a URL, or of what the first line of a request says. */
    static String path(String target) {
        int start = 0;
        int authority = target.startsWith("/") ? -1 : target.indexOf("://");
        if (authority >= 0) {
            start = target.indexOf('/', authority + 3);
            if (start < 0) {
                return "/";
            }
        }
        int end = start;
        while (end < target.length() && target.charAt(end) != '?' && target.charAt(end) != '#') {
            end++;
        }
        return end == start ? "/" : target.substring(start, end);
    }

    static String query(String target) {
        int hash = target.indexOf('#');
        String whole = hash < 0 ? target : target.substring(0, hash);
        int mark = whole.indexOf('?');
        return mark < 0 ? "" : whole.substring(mark + 1);
    }
}
