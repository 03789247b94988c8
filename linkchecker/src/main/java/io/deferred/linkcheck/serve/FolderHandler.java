// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Answers with the files of a folder, and with index.html for a directory. Nothing outside the folder is served,
 * neither by dots in the path nor by symbolic links.
 */
public final class FolderHandler implements HttpHandler {
    private final Path root;

    /**
     * Makes one.
     *
     * @param folder the folder
     * @throws IOException if it cannot be read
     */
    public FolderHandler(Path folder) throws IOException {
        root = folder.toRealPath();
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            Answers.status(exchange, 405);
            return;
        }
        try {
            serve(exchange, exchange.getRequestURI().getPath());
        } catch (NoSuchFileException | InvalidPathException e) {
            Answers.status(exchange, 404);
        }
    }

    private void serve(HttpExchange exchange, String path) throws IOException {
        Path asked = root.resolve(path.replaceFirst("^/+", "")).toRealPath();
        if (!asked.startsWith(root)) {
            Answers.status(exchange, 403);
        } else if (!Files.isDirectory(asked)) {
            Answers.send(exchange, ContentTypes.of(asked), asked);
        } else if (path.endsWith("/")) {
            serve(exchange, path + "index.html");
        } else {
            Answers.redirect(exchange, 301, exchange.getRequestURI().getRawPath() + "/");
        }
    }
}
