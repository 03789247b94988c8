// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.demo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.deferred.linkcheck.serve.Answers;
import java.io.IOException;
import java.util.Optional;

/** Serves the site with the faults. */
final class DemoHandler implements HttpHandler {
    private static final String HTML = "text/html";
    private static final String HTML_UTF_8 = "text/html; charset=utf-8";

    private final DemoPages pages;

    /** Made beforehand: the server has one thread, and the client's time is running while it works. */
    private final byte[] largePage = LargePage.text().getBytes(UTF_8);

    DemoHandler(DemoPages pages) {
        this.pages = pages;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        switch (path) {
            case "/" -> page(exchange, "index.html");
            case "/old.html" -> Answers.redirect(exchange, 301, "/chapter.html");
            case "/old-and-gone.html" -> Answers.redirect(exchange, 302, "/gone.html");
            case "/circle/one" -> Answers.redirect(exchange, 302, "two");
            case "/circle/two" -> Answers.redirect(exchange, 302, "/circle/one");
            case "/fault.html" -> Answers.status(exchange, 500);
            case "/picture.png" -> Answers.send(exchange, 200, "image/png", new byte[0]);
            case "/large.html" -> Answers.send(exchange, 200, HTML_UTF_8, largePage);
            case "/slow.html" -> leaveOpen();
            // Java writes the byte order mark, and the server says nothing of the charset.
            case "/utf-16.html" ->
                Answers.send(exchange, 200, HTML, text("utf-16.html").getBytes(UTF_16));
            // No byte above 127 of ISO 8859-1 is right in UTF-8 here.
            case "/broken-encoding.html" ->
                Answers.send(
                        exchange, 200, HTML_UTF_8, text("broken-encoding.html").getBytes(ISO_8859_1));
            default -> page(exchange, path.substring(1));
        }
    }

    /**
     * The answer never comes. No thread waits for it: the server has the connection on its list, and ends it when it
     * ends.
     */
    private static void leaveOpen() {}

    private void page(HttpExchange exchange, String name) throws IOException {
        Optional<String> text = pages.text(name);
        if (text.isPresent()) {
            Answers.send(exchange, 200, HTML_UTF_8, text.get().getBytes(UTF_8));
        } else {
            Answers.status(exchange, 404);
        }
    }

    private String text(String name) {
        return pages.text(name).orElseThrow();
    }
}
