// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.deferred.linkcheck.serve.Answers;
import java.io.IOException;

/** Serves the site that the demonstration links to. */
final class ElsewhereHandler implements HttpHandler {
    private static final byte[] PAGE =
            "<!DOCTYPE html><title>Elsewhere</title><p id=here>Not followed: <a href=never-asked-for.html>a link</a>"
                    .getBytes(UTF_8);

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        boolean head = exchange.getRequestMethod().equals("HEAD");
        switch (exchange.getRequestURI().getPath()) {
            case "/", "/page.html" -> Answers.send(exchange, 200, "text/html", PAGE);
            case "/no-head.html" -> {
                if (head) {
                    Answers.status(exchange, 405);
                } else {
                    Answers.send(exchange, 200, "text/html", PAGE);
                }
            }
            default -> Answers.status(exchange, 404);
        }
    }
}
