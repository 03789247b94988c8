// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

/** What a server wants of its clients' certificates. */
public enum ClientCertificates {
    /** It does not ask for them. */
    NOT_ASKED,
    /** It asks, and takes clients without one too. */
    WANTED,
    /** It takes only clients with one that it trusts. */
    REQUIRED
}
