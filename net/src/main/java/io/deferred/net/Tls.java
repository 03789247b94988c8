// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * How TLS is spoken: who this side is, whom it trusts. Immutable. A client always checks that the certificate is of the host that it has asked for; there is no way to turn that off. Versions are 1.2 and
 * 1.3.
 *
 * <pre>{@code
 * Tls.system()                                             // a client that trusts whom the JDK trusts
 * Tls.system().trusting(Path.of("ca.pem"))                 // a client that trusts that authority alone
 * Tls.system().as(Path.of("cert.pem"), Path.of("key.pem")) // a server
 * }</pre>
 */
public final class Tls {
    /** What this side shows; one of the two forms, or neither. */
    record Identity(
            @Nullable KeyManagerFactory keys,
            @Nullable Path certificate,
            @Nullable Path key) {}

    /** Whom this side trusts; one of the two forms, or neither: whom the JDK trusts. */
    record Trust(
            @Nullable TrustManagerFactory managers,
            @Nullable Path authorities) {}

    private final Identity identity;
    private final Trust trust;
    private final ClientCertificates clientCertificates;

    private Tls(Identity identity, Trust trust, ClientCertificates clientCertificates) {
        this.identity = identity;
        this.trust = trust;
        this.clientCertificates = clientCertificates;
    }

    /**
     * Trusts the authorities that the JDK trusts, and shows no certificate: enough for most clients.
     *
     * @return to go on from
     */
    public static Tls system() {
        return new Tls(new Identity(null, null, null), new Trust(null, null), ClientCertificates.NOT_ASKED);
    }

    /**
     * Trusts these authorities, and no other.
     *
     * @param authorities a file with their certificates, in PEM. It is read when it is used first; if it cannot be, connecting or listening fails
     * @return a new one
     */
    public Tls trusting(Path authorities) {
        return new Tls(
                identity, new Trust(null, Objects.requireNonNull(authorities, "authorities")), clientCertificates);
    }

    /**
     * Trusts these authorities, and no other.
     *
     * @param authorities their certificates
     * @return a new one
     * @throws IllegalArgumentException if the store cannot be read
     */
    public Tls trusting(KeyStore authorities) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(Objects.requireNonNull(authorities, "authorities"));
            return new Tls(identity, new Trust(factory, null), clientCertificates);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "the key store does not give certificates to trust: " + e.getMessage(), e);
        }
    }

    /**
     * Shows this certificate.
     *
     * @param certificate a file with the certificate, and those between it and its authority, in PEM. It is read when it is used first; if it cannot be, connecting or listening fails
     * @param key a file with its private key, in PEM (PKCS 8)
     * @return a new one
     */
    public Tls as(Path certificate, Path key) {
        Objects.requireNonNull(certificate, "certificate");
        return new Tls(new Identity(null, certificate, Objects.requireNonNull(key, "key")), trust, clientCertificates);
    }

    /**
     * Shows a certificate of a key store.
     *
     * @param store has a private key with its certificate
     * @param password of the key
     * @return a new one
     * @throws IllegalArgumentException if the store does not give the key
     */
    public Tls as(KeyStore store, char[] password) {
        try {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(Objects.requireNonNull(store, "store"), password);
            return new Tls(new Identity(factory, null, null), trust, clientCertificates);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "the key store does not give its key; is the password right? " + e.getMessage(), e);
        }
    }

    /**
     * Says what a server wants of its clients' certificates. Clients do not look at this.
     *
     * @param wanted what it wants
     * @return a new one
     */
    public Tls clientCertificates(ClientCertificates wanted) {
        return new Tls(identity, trust, Objects.requireNonNull(wanted, "wanted"));
    }

    Identity identity() {
        return identity;
    }

    private boolean hasIdentity() {
        return identity.keys != null || identity.certificate != null;
    }

    Trust trust() {
        return trust;
    }

    ClientCertificates clientCertificates() {
        return clientCertificates;
    }

    /** Returns what it shows and whom it trusts, without any secret. */
    @Override
    public String toString() {
        return "Tls[" + (hasIdentity() ? "with" : "without") + " a certificate, trusting "
                + (trust.managers == null && trust.authorities == null
                        ? "the system's authorities"
                        : "its own authorities")
                + "]";
    }
}
