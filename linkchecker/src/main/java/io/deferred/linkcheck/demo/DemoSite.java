// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.demo;

import io.deferred.linkcheck.serve.LoopbackServer;
import java.io.IOException;
import java.net.URI;

/** The demonstration: a site with faults, a second one that it links to, and a port where nobody answers. */
public final class DemoSite implements AutoCloseable {
    private final DeadPort nobody;
    private final LoopbackServer elsewhere;
    private final LoopbackServer site;

    /**
     * Starts it.
     *
     * @throws IOException if there is no port for it
     */
    public DemoSite() throws IOException {
        nobody = new DeadPort();
        elsewhere = new LoopbackServer(new ElsewhereHandler());
        site = new LoopbackServer(new DemoHandler(new DemoPages(elsewhere.address(), nobody.address())));
    }

    /** Returns the address of its first page. */
    public URI start() {
        return site.address();
    }

    /** Returns the address of the second site. */
    URI elsewhere() {
        return elsewhere.address();
    }

    /** Returns an address where nobody answers. */
    URI nobody() {
        return nobody.address();
    }

    @Override
    public void close() throws IOException {
        site.close();
        elsewhere.close();
        nobody.close();
    }
}
