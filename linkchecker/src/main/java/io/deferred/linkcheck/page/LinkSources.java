// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.page;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/** Knows which attributes of which elements are links. */
final class LinkSources {
    private static final Map<String, List<String>> ATTRIBUTES = Map.ofEntries(
            entry("a", List.of("href")),
            entry("area", List.of("href")),
            entry("audio", List.of("src")),
            entry("embed", List.of("src")),
            entry("frame", List.of("src")),
            entry("iframe", List.of("src")),
            entry("img", List.of("src")),
            entry("input", List.of("src")),
            entry("link", List.of("href")),
            entry("object", List.of("data")),
            entry("script", List.of("src")),
            entry("source", List.of("src")),
            entry("track", List.of("src")),
            entry("video", List.of("src", "poster")));

    /** The two kinds of link element that name a host, for the browser to get ready, and nothing on it. */
    private static final Set<String> HOST_ONLY = Set.of("preconnect", "dns-prefetch");

    private static final Pattern REFRESH =
            Pattern.compile("^[\\s\\d.]*[;,]\\s*(?:url\\s*=)?\\s*[\"']?([^\"']*)", Pattern.CASE_INSENSITIVE);

    private LinkSources() {}

    /** The links of one element, as they are written. */
    static List<String> of(Element element) {
        String tag = element.normalName();
        List<String> links = new ArrayList<>();
        if (tag.equals("link") && HOST_ONLY.contains(element.attr("rel").toLowerCase(Locale.ROOT))) {
            return links;
        }
        for (String attribute : ATTRIBUTES.getOrDefault(tag, List.of())) {
            if (element.hasAttr(attribute)) {
                links.add(element.attr(attribute).strip());
            }
        }
        if (tag.equals("img") || tag.equals("source")) {
            links.addAll(SourceSet.addresses(element.attr("srcset")));
        }
        if (tag.equals("meta") && element.attr("http-equiv").equalsIgnoreCase("refresh")) {
            addRefresh(element.attr("content"), links);
        }
        return links;
    }

    private static void addRefresh(String content, List<String> links) {
        Matcher matcher = REFRESH.matcher(content);
        if (matcher.find() && !matcher.group(1).isBlank()) {
            links.add(matcher.group(1).strip());
        }
    }
}
