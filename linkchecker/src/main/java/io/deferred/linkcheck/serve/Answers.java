// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The usual ways to answer an exchange, and to end it. */
public final class Answers {
    private Answers() {}

    /**
     * Answers with a body; to HEAD, with the head alone.
     *
     * @param exchange is ended
     * @param status the code
     * @param contentType what the body is
     * @param body the bytes
     * @throws IOException if the client has gone
     */
    public static void send(HttpExchange exchange, int status, String contentType, byte[] body) throws IOException {
        send(exchange, status, contentType, body.length, out -> out.write(body));
    }

    /**
     * Answers with a file; to HEAD, with the head alone.
     *
     * @param exchange is ended
     * @param contentType what the file is
     * @param file to be sent, piece by piece
     * @throws IOException if the client has gone, or the file cannot be read
     */
    static void send(HttpExchange exchange, String contentType, Path file) throws IOException {
        send(exchange, 200, contentType, Files.size(file), out -> Files.copy(file, out));
    }

    private static void send(HttpExchange exchange, int status, String contentType, long length, Body body)
            throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", contentType);
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseHeaders().set("Content-Length", String.valueOf(length));
                exchange.sendResponseHeaders(status, -1);
                return;
            }
            exchange.sendResponseHeaders(status, length == 0 ? -1 : length);
            try (OutputStream out = exchange.getResponseBody()) {
                body.writeTo(out);
            }
        }
    }

    @FunctionalInterface
    private interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Answers with a status and its number as the text.
     *
     * @param exchange is ended
     * @param status the code
     * @throws IOException if the client has gone
     */
    public static void status(HttpExchange exchange, int status) throws IOException {
        send(exchange, status, "text/plain", String.valueOf(status).getBytes(UTF_8));
    }

    /**
     * Answers with a redirect.
     *
     * @param exchange is ended
     * @param status 301 and the like
     * @param location where to
     * @throws IOException if the client has gone
     */
    public static void redirect(HttpExchange exchange, int status, String location) throws IOException {
        exchange.getResponseHeaders().set("Location", location);
        status(exchange, status);
    }
}
