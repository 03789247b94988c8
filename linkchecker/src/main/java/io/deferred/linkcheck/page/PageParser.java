// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.page;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.Charset;
import java.util.Optional;

/** Turns bytes into a page. Any thread may use it. */
@FunctionalInterface
public interface PageParser {
    /**
     * Reads a page.
     *
     * @param bytes the page
     * @param charset what the server said; the page itself may know better
     * @param address where relative links start from
     * @return the page
     * @throws IOException if the bytes cannot be read
     */
    Page parse(InputStream bytes, Optional<Charset> charset, URI address) throws IOException;
}
