// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck;

import io.deferred.linkcheck.crawl.AddressReader;
import io.deferred.linkcheck.serve.FolderHandler;
import io.deferred.linkcheck.serve.LoopbackServer;
import java.io.IOException;
import java.io.Serial;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What the argument of the command line names. A folder is served until this is closed. */
final class Subject implements AutoCloseable {
    private final URI start;
    private final @Nullable LoopbackServer server;

    private Subject(URI start, @Nullable LoopbackServer server) {
        this.start = start;
        this.server = server;
    }

    static Subject of(String text) throws NotUnderstoodException, IOException {
        if (isFolder(text)) {
            LoopbackServer server = new LoopbackServer(new FolderHandler(Path.of(text)));
            return new Subject(server.address(), server);
        }
        if (!text.matches("(?i)[a-z][a-z0-9+.-]*:.*") || text.matches("(?i)localhost:.*")) {
            throw new NotUnderstoodException(
                    "'" + text + "' is neither a folder nor an address that begins with http:// or https://");
        }
        try {
            return new Subject(AddressReader.start(text), null);
        } catch (URISyntaxException e) {
            throw new NotUnderstoodException("cannot check '" + text + "': " + e.getReason());
        }
    }

    private static boolean isFolder(String text) {
        try {
            return Files.isDirectory(Path.of(text));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    URI start() {
        return start;
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }

    /** The argument names nothing that can be checked. */
    static final class NotUnderstoodException extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;

        NotUnderstoodException(String message) {
            super(message);
        }
    }
}
