// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Optional;

/** The pages that are files: resources, with the addresses of the day put in. */
final class DemoPages {
    private final URI elsewhere;
    private final URI nobody;

    DemoPages(URI elsewhere, URI nobody) {
        this.elsewhere = elsewhere;
        this.nobody = nobody;
    }

    /** The text of a page; empty if there is none of this name. */
    Optional<String> text(String name) {
        // Without slashes in it the name cannot leave the package.
        if (!name.matches("[a-z0-9-]+\\.html")) {
            return Optional.empty();
        }
        try (InputStream in = DemoPages.class.getResourceAsStream(name)) {
            return Optional.ofNullable(in == null ? null : filled(new String(in.readAllBytes(), UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String filled(String page) {
        return page.replace("{elsewhere}", elsewhere.toString()).replace("{nobody}", nobody.toString());
    }
}
