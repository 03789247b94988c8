// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A certificate of a test's own, signed by itself, made by the keytool of the JDK. */
record Certificates(KeyStore identity, KeyStore trust, Path certificate, Path key) {
    static final char[] PASSWORD = "changeit".toCharArray();

    /** For {@code localhost} and {@code 127.0.0.1}. */
    static Certificates make(Path folder) throws IOException, GeneralSecurityException, InterruptedException {
        return make(folder, "SAN=dns:localhost,ip:127.0.0.1");
    }

    static Certificates make(Path folder, String names)
            throws IOException, GeneralSecurityException, InterruptedException {
        Path file = folder.resolve("identity.p12");
        keytool(
                "-genkeypair",
                "-alias",
                "test",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=test",
                "-ext",
                names,
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD));
        KeyStore identity = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            identity.load(in, PASSWORD);
        }
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("test", identity.getCertificate("test"));
        Path certificate =
                pem(folder, "CERTIFICATE", identity.getCertificate("test").getEncoded());
        Path key = pem(folder, "PRIVATE KEY", identity.getKey("test", PASSWORD).getEncoded());
        return new Certificates(identity, trust, certificate, key);
    }

    Tls server() {
        return Tls.system().as(identity, PASSWORD);
    }

    Tls client() {
        return Tls.system().trusting(trust);
    }

    private static Path pem(Path folder, String what, byte[] content) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return Files.writeString(
                folder.resolve(what.replace(' ', '-') + ".pem"),
                "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("keytool: " + output);
        }
    }
}
