// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Says to the engine what a {@link Tls} says. */
final class TlsSettings {
    private static final Set<String> VERSIONS = Set.of("TLSv1.2", "TLSv1.3");

    private TlsSettings() {}

    static ClientSSLOptions client(Tls tls, Duration handshakeWithin) {
        ClientSSLOptions options = new ClientSSLOptions()
                .setEnabledSecureTransportProtocols(VERSIONS)
                .setHostnameVerificationAlgorithm("HTTPS")
                .setSslHandshakeTimeout(Engine.millis(handshakeWithin))
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        KeyCertOptions keys = keys(tls.identity());
        if (keys != null) {
            options.setKeyCertOptions(keys);
        }
        TrustOptions trust = trust(tls.trust());
        if (trust != null) {
            options.setTrustOptions(trust);
        }
        return options;
    }

    /** A server without a certificate could speak to nobody: better said now than at the first handshake. */
    static void server(Tls tls, NetServerOptions options) {
        KeyCertOptions keys = keys(tls.identity());
        if (keys == null) {
            throw new IllegalArgumentException(
                    "to listen with TLS a certificate is needed; give one by Tls.as(certificate, key)");
        }
        options.setSsl(true)
                .setEnabledSecureTransportProtocols(VERSIONS)
                .setKeyCertOptions(keys)
                .setClientAuth(clientAuth(tls));
        TrustOptions trust = trust(tls.trust());
        if (trust != null) {
            options.setTrustOptions(trust);
        }
    }

    private static ClientAuth clientAuth(Tls tls) {
        return switch (tls.clientCertificates()) {
            case NOT_ASKED -> ClientAuth.NONE;
            case WANTED -> ClientAuth.REQUEST;
            case REQUIRED -> ClientAuth.REQUIRED;
        };
    }

    private static @Nullable KeyCertOptions keys(Tls.Identity identity) {
        if (identity.keys() != null) {
            return KeyCertOptions.wrap(identity.keys());
        }
        if (identity.certificate() != null && identity.key() != null) {
            return new PemKeyCertOptions()
                    .addCertPath(identity.certificate().toString())
                    .addKeyPath(identity.key().toString());
        }
        return null;
    }

    private static @Nullable TrustOptions trust(Tls.Trust trust) {
        if (trust.managers() != null) {
            return TrustOptions.wrap(trust.managers());
        }
        return trust.authorities() == null
                ? null
                : new PemTrustOptions().addCertPath(trust.authorities().toString());
    }
}
