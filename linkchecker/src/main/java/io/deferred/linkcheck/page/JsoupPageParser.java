// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.page;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * Parses with jsoup, which reads whatever a browser would. The charset is that of a byte order mark, else the server's,
 * else the one that the page names, else UTF-8.
 */
public final class JsoupPageParser implements PageParser {
    @Override
    public Page parse(InputStream bytes, Optional<Charset> charset, URI address) throws IOException {
        Document document = Jsoup.parse(bytes, charset.map(Charset::name).orElse(null), address.toString());
        List<Link> links = new ArrayList<>();
        Set<String> anchors = new HashSet<>();
        for (Element element : document.getAllElements()) {
            addAnchors(element, anchors);
            for (String link : LinkSources.of(element)) {
                links.add(new Link(link, absolute(element, link)));
            }
        }
        return new Page(links, anchors);
    }

    private static void addAnchors(Element element, Set<String> anchors) {
        if (element.hasAttr("id")) {
            anchors.add(element.attr("id"));
        }
        if (element.normalName().equals("a") && element.hasAttr("name")) {
            anchors.add(element.attr("name"));
        }
    }

    /** Resolved by jsoup, which offers that for the attributes of elements only. */
    private static String absolute(Element context, String link) {
        Element carrier = new Element("a").attr("href", link);
        carrier.setBaseUri(context.baseUri());
        String absolute = carrier.absUrl("href");
        return absolute.isEmpty() ? link : absolute;
    }
}
