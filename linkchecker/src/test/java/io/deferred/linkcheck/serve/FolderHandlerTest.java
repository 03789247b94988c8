// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With a bare socket for a client, which sends a path as it is. */
class FolderHandlerTest {
    @TempDir
    Path parent;

    private Path folder;
    private LoopbackServer server;

    @BeforeEach
    void serve() throws IOException {
        folder = Files.createDirectories(parent.resolve("folder"));
        Files.writeString(parent.resolve("secret.txt"), "secret");
        Files.createDirectories(parent.resolve("folder-two"));
        Files.writeString(parent.resolve("folder-two/secret.txt"), "secret");
        write("index.html", "first page");
        write("sub/index.html", "sub page");
        write("empty/x.txt", "");
        write("a b é.txt", "odd name");
        server = new LoopbackServer(new FolderHandler(folder));
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aFolderIsServedByItsIndex() throws IOException {
        assertThat(get("/")).startsWith("HTTP/1.1 200").endsWith("first page");
        assertThat(get("/sub/")).startsWith("HTTP/1.1 200").endsWith("sub page");
        assertThat(get("/empty/")).startsWith("HTTP/1.1 404");
    }

    @Test
    void aFolderWithoutItsSlashIsRedirected() throws IOException {
        assertThat(get("/sub")).startsWith("HTTP/1.1 301").contains("Location: /sub/\r\n");
    }

    @Test
    void namesAreDecodedAndQueriesIgnored() throws IOException {
        assertThat(get("/a%20b%20%C3%A9.txt?x=y")).startsWith("HTTP/1.1 200").endsWith("odd name");
    }

    @Test
    void anEmptyFileIsServed() throws IOException {
        assertThat(get("/empty/x.txt")).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../secret.txt",
                "/sub/../../secret.txt",
                "/%2e%2e/secret.txt",
                "/..%2fsecret.txt",
                "//../secret.txt",
                "/../folder-two/secret.txt",
                "/%00",
                "/gone.html"
            })
    void nothingOutsideTheFolderIsServed(String path) throws IOException {
        assertThat(get(path)).matches("(?s)HTTP/1.1 40[0-9].*").doesNotContain("secret");
    }

    @Test
    void aSymbolicLinkOutOfTheFolderIsNotFollowed() throws IOException {
        Files.createSymbolicLink(folder.resolve("link.txt"), parent.resolve("secret.txt"));

        assertThat(get("/link.txt")).startsWith("HTTP/1.1 403").doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "a.html, text/html",
        "a.HTM, text/html",
        "a.xhtml, application/xhtml+xml",
        "a.css, text/css",
        "a.js, text/javascript",
        "a.svg, image/svg+xml",
        "a.png, image/png",
        "a.pdf, application/pdf",
        "html, application/octet-stream",
        "a.zzz, application/octet-stream",
    })
    void theTypeIsThatOfTheName(String name, String type) throws IOException {
        write(name, "x");

        assertThat(get("/" + name)).contains("Content-type: " + type + "\r\n");
    }

    @Test
    void headSendsNoBody() throws IOException {
        assertThat(send("HEAD", "/"))
                .startsWith("HTTP/1.1 200")
                .contains("Content-length: 10\r\n")
                .endsWith("\r\n\r\n");
    }

    @Test
    void nothingCanBeWritten() throws IOException {
        assertThat(send("DELETE", "/index.html")).startsWith("HTTP/1.1 405");
        assertThat(folder.resolve("index.html")).exists();
    }

    private String get(String path) throws IOException {
        return send("GET", path);
    }

    private String send(String method, String path) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
            String request = method + " " + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }
}
