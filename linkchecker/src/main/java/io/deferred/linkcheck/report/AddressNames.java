// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.report;

import java.net.URI;

/** Shortens addresses for people: what has the start page's origin is shown by its path. */
final class AddressNames {
    private final String origin;

    AddressNames(URI start) {
        origin = start.getScheme() + "://" + start.getRawAuthority();
    }

    String of(String address) {
        return address.startsWith(origin + "/") ? address.substring(origin.length()) : address;
    }

    String of(URI address) {
        return of(address.toString());
    }
}
