// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.crawl;

import java.net.URI;

/**
 * What belongs to the site: all with the origin of the start page, and below that page's directory.
 *
 * @param start the start page
 */
record Site(URI start) {
    boolean contains(URI address) {
        return address.toString().startsWith(directory(start));
    }

    /** The site after its start page has answered with a redirect, which may lead to another host. */
    Site movedTo(URI target) {
        boolean onlySlashAdded = target.toString().equals(start + "/");
        return contains(target) && !onlySlashAdded ? this : new Site(target);
    }

    private static String directory(URI page) {
        String path = page.getRawPath();
        String origin = page.getScheme() + "://" + page.getRawAuthority();
        return origin + path.substring(0, path.lastIndexOf('/') + 1);
    }
}
