// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    private static final Protocol ECHO = (connection, data) -> connection.write(data);

    @TempDir
    static Path folder;

    private static Certificates certificates;

    @RegisterExtension
    final TestLoop loop = new TestLoop();

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificates = Certificates.make(folder);
    }

    private Port listen(Tls tls, Protocol protocol) throws Exception {
        return loop.get(loop.reactor().listen(Endpoint.local(0).tls(tls), () -> protocol));
    }

    private void echoes(Tls server, Tls client, String host) throws Exception {
        Port port = listen(server, ECHO);
        Recorder answers = new Recorder();
        Connection connection =
                loop.get(loop.reactor().connect(Endpoint.of(host, port.number()).tls(client), answers));
        connection.write("secret");
        assertThat(loop.get(answers.chunks.get())).isEqualTo("secret");
        assertThat(connection.tlsSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
        loop.get(connection.close());
        loop.get(port.stopListening());
    }

    @Test
    void aClientThatTrustsTheServerSpeaksToIt() throws Exception {
        echoes(certificates.server(), certificates.client(), "localhost");
    }

    @Test
    void certificatesAreReadFromPemFilesToo() throws Exception {
        echoes(
                Tls.system().as(certificates.certificate(), certificates.key()),
                Tls.system().trusting(certificates.certificate()),
                "localhost");
    }

    @Test
    void aClientThatDoesNotTrustTheServerDoesNotConnect() throws Exception {
        Recorder server = new Recorder();
        Port port = listen(certificates.server(), server);
        Throwable failure = loop.failureOf(
                loop.reactor().connect(Endpoint.of("localhost", port.number()).tls(Tls.system()), ECHO));
        assertThat(failure).isInstanceOf(SSLException.class);
        loop.get(port.stopListening());
    }

    @Test
    void aCertificateOfAnotherHostIsRefused(@TempDir Path other) throws Exception {
        Certificates elsewhere = Certificates.make(other, "SAN=dns:elsewhere.example");
        Port port = listen(elsewhere.server(), new Recorder());
        Throwable failure = loop.failureOf(
                loop.reactor().connect(Endpoint.of("localhost", port.number()).tls(elsewhere.client()), ECHO));
        assertThat(failure).isInstanceOf(SSLException.class);
        loop.get(port.stopListening());
    }

    @Test
    void aServerMayAskForCertificatesOfItsClients() throws Exception {
        Tls server =
                certificates.server().trusting(certificates.trust()).clientCertificates(ClientCertificates.REQUIRED);
        echoes(server, certificates.client().as(certificates.identity(), Certificates.PASSWORD), "localhost");

        Port port = listen(server, ECHO);
        Recorder without = new Recorder();
        // With TLS 1.3 a client learns only afterwards that it was not taken.
        loop.get(loop.reactor()
                .connect(Endpoint.of("localhost", port.number()).tls(certificates.client()), without)
                .addBoth(outcome -> null));
        if (without.made.called()) {
            assertThat(loop.get(without.lost).clean()).isFalse();
        }
        loop.get(port.stopListening());
    }

    @Test
    void aPeerThatSpeaksNoTlsIsTurnedAway() throws Exception {
        Recorder server = new Recorder();
        Port port = listen(certificates.server(), server);
        Recorder client = new Recorder();
        Connection connection = loop.get(loop.reactor().connect(Endpoint.local(port.number()), client));
        connection.write("this is no handshake at all\n");
        loop.get(client.lost);
        assertThat(server.made.called()).isFalse();
        assertThat(port.connections()).isZero();
        loop.get(port.stopListening());
    }

    @Test
    void aServerWithoutACertificateIsRefusedAtOnce() {
        assertThatThrownBy(() -> loop.reactor().listen(Endpoint.local(0).tls(Tls.system()), () -> ECHO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Tls.as(certificate, key)");
    }

    @Test
    void aFileThatIsNotThereFailsTheListening() throws Exception {
        Tls broken = Tls.system().as(folder.resolve("nowhere.pem"), folder.resolve("nowhere.key"));
        assertThat(loop.failureOf(loop.reactor().listen(Endpoint.local(0).tls(broken), () -> ECHO)))
                .hasMessageContaining("nowhere");
    }

    @Test
    void aWrongPasswordIsRefusedAtOnceAndNothingSecretIsShown() throws Exception {
        KeyStore store = certificates.identity();
        assertThatThrownBy(() -> Tls.system().as(store, "wrong".toCharArray()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("password");
        assertThat(List.of(certificates.server().toString(), Tls.system().toString()))
                .containsExactly(
                        "Tls[with a certificate, trusting the system's authorities]",
                        "Tls[without a certificate, trusting the system's authorities]");
    }
}
