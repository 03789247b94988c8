// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.deferred.Deferred;
import io.deferred.DeferredQueue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Programs that others have written speak to ours, in both directions. */
@Tag("system")
class RealPeersTest {
    /** Debian's own, which sees Debian's packages, whatever else is on the path. */
    private static final String PYTHON = "/usr/bin/python3";

    private static final String LINE_CLIENT = """
            import sys
            from twisted.internet import reactor, protocol
            from twisted.protocols.basic import LineReceiver
            class Client(LineReceiver):
                def connectionMade(self):
                    self.sendLine(b"hello")
                def lineReceived(self, line):
                    print("heard " + line.decode(), flush=True)
                    if line == b"you said hello":
                        self.sendLine(b"quit")
                def connectionLost(self, reason):
                    print("lost " + reason.type.__name__, flush=True)
                    reactor.stop()
            class Factory(protocol.ClientFactory):
                protocol = Client
            reactor.connectTCP("127.0.0.1", int(sys.argv[1]), Factory())
            reactor.run()
            """;

    private static final String LINE_SERVER = """
            from twisted.internet import reactor, protocol
            from twisted.protocols.basic import LineReceiver
            class Server(LineReceiver):
                def lineReceived(self, line):
                    if line == b"quit":
                        self.transport.loseConnection()
                    else:
                        self.sendLine(b"twisted heard " + line)
            class Factory(protocol.Factory):
                protocol = Server
            port = reactor.listenTCP(0, Factory(), interface="127.0.0.1")
            print(port.getHost().port, flush=True)
            reactor.run()
            """;

    private static final String HTTP_CLIENT = """
            import sys
            from twisted.internet import reactor
            from twisted.web.client import Agent, readBody, FileBodyProducer
            from io import BytesIO
            def ask(result):
                return Agent(reactor).request(b"POST", sys.argv[1].encode(),
                    bodyProducer=FileBodyProducer(BytesIO(b"from twisted")))
            def got(response):
                print(response.code, flush=True)
                return readBody(response)
            d = ask(None)
            d.addCallback(got)
            d.addCallback(lambda body: print(body.decode(), flush=True))
            d.addErrback(lambda f: print("failed " + f.getErrorMessage(), flush=True))
            d.addBoth(lambda _: reactor.stop())
            reactor.run()
            """;

    private static final String HTTP_SERVER = """
            from twisted.internet import reactor, defer
            from twisted.web import server, resource
            class Page(resource.Resource):
                isLeaf = True
                def render_POST(self, request):
                    return b"twisted got " + request.content.read()
                def render_GET(self, request):
                    def gone(failure):
                        print("the client is gone", flush=True)
                    request.notifyFinish().addErrback(gone)
                    print("asked", flush=True)
                    return server.NOT_DONE_YET
            port = reactor.listenTCP(0, server.Site(Page()), interface="127.0.0.1")
            print(port.getHost().port, flush=True)
            reactor.run()
            """;

    @TempDir
    static Path folder;

    @RegisterExtension
    final TestLoop loop = new TestLoop();

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endProcesses() throws Exception {
        for (Process process : started) {
            process.destroy();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    private static void need(String debianPackage, String... probe) throws Exception {
        try {
            Process process = new ProcessBuilder(probe)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0) {
                return;
            }
        } catch (IOException missing) {
            // said below
        }
        fail("This test needs Debian's package " + debianPackage + ": apt-get install " + debianPackage);
    }

    private BufferedReader start(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        started.add(process);
        return process.inputReader(UTF_8);
    }

    private BufferedReader python(String program, String... arguments) throws Exception {
        need("python3-twisted", PYTHON, "-c", "import twisted.web");
        Path file = Files.writeString(Files.createTempFile(folder, "program", ".py"), program);
        List<String> command = new ArrayList<>(List.of(PYTHON, "-W", "ignore", file.toString()));
        command.addAll(List.of(arguments));
        return start(command.toArray(String[]::new));
    }

    private static final class Lines extends LineReceiver {
        final DeferredQueue<String> heard = new DeferredQueue<>();

        @Override
        protected void lineReceived(Connection connection, String line) {
            heard.put(line);
        }
    }

    /** Answers lines, and closes at "quit". */
    private static final class Answering extends LineReceiver {
        @Override
        protected void lineReceived(Connection connection, String line) {
            if (line.equals("quit")) {
                connection.close();
            } else {
                connection.writeLine("you said " + line);
            }
        }
    }

    @Test
    void aLineClientOfTwistedSpeaksToOurServer() throws Exception {
        Port port = loop.get(loop.reactor().listen(Endpoint.local(0), Answering::new));
        BufferedReader client = python(LINE_CLIENT, Integer.toString(port.number()));
        assertThat(client.lines()).containsExactly("heard you said hello", "lost ConnectionDone");
        loop.get(port.stopListening());
    }

    @Test
    void ourLineClientSpeaksToAServerOfTwisted() throws Exception {
        BufferedReader server = python(LINE_SERVER);
        Lines client = new Lines();
        Connection connection =
                loop.get(loop.reactor().connect(Endpoint.local(Integer.parseInt(server.readLine())), client));
        connection.writeLine("us");
        assertThat(loop.get(client.heard.get())).isEqualTo("twisted heard us");
        connection.writeLine("quit");
        assertThat(loop.get(connection.whenLost()).reason()).isEqualTo(LossReason.CLOSED_BY_PEER);
    }

    @Test
    void theAgentOfTwistedAsksOurServer() throws Exception {
        HttpServer server = loop.get(HttpServer.listen(
                loop.reactor(),
                Endpoint.local(0),
                request -> request.text().addCallback(body -> HttpResponse.text(201, "we got: " + body))));
        BufferedReader client = python(HTTP_CLIENT, "http://127.0.0.1:" + server.port() + "/");
        assertThat(client.lines()).containsExactly("201", "we got: from twisted");
        loop.get(server.stop());
    }

    @Test
    void ourAgentAsksAServerOfTwistedAndACancelReachesIt() throws Exception {
        BufferedReader server = python(HTTP_SERVER);
        String url = "http://127.0.0.1:" + server.readLine() + "/";
        HttpAgent agent = HttpAgent.on(loop.reactor());
        String body = loop.<String>get(
                agent.request(HttpRequest.post(url, HttpBody.of("us"))).chainCallback(HttpResponse::text));
        assertThat(body).isEqualTo("twisted got us");
        Deferred<HttpResponse> never = agent.get(url);
        assertThat(server.readLine()).isEqualTo("asked");
        never.cancel();
        loop.failureOf(never);
        assertThat(server.readLine()).isEqualTo("the client is gone");
        loop.get(agent.close());
    }

    @Test
    void curlSpeaksBothVersionsWithAndWithoutTls() throws Exception {
        need("curl", "curl", "--version");
        Certificates certificates = Certificates.make(Files.createTempDirectory(folder, "tls"));
        HttpHandler handler = request -> request.text()
                .addCallback(body -> HttpResponse.ok(request.version().orElseThrow() + " " + body.length()));
        HttpServer plain = loop.get(HttpServer.listen(loop.reactor(), Endpoint.local(0), handler));
        HttpServer secure =
                loop.get(HttpServer.listen(loop.reactor(), Endpoint.local(0).tls(certificates.server()), handler));
        String http = "http://127.0.0.1:" + plain.port();
        String https = "https://127.0.0.1:" + secure.port();
        String trusted = certificates.certificate().toString();
        Path large = Files.write(folder.resolve("large"), new byte[3_000_000]);
        assertThat(curl("--http1.1", http)).isEqualTo("HTTP_1_1 0");
        assertThat(curl("--http2-prior-knowledge", http)).isEqualTo("HTTP_2 0");
        assertThat(curl("--cacert", trusted, "--http1.1", https)).isEqualTo("HTTP_1_1 0");
        assertThat(curl("--cacert", trusted, "--http2", https)).isEqualTo("HTTP_2 0");
        assertThat(curl("--data-binary", "@" + large, http)).isEqualTo("HTTP_1_1 3000000");
        assertThat(curl("--http2-prior-knowledge", "--data-binary", "@" + large, http))
                .isEqualTo("HTTP_2 3000000");
        loop.get(plain.stop());
        loop.get(secure.stop());
    }

    private String curl(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("curl", "--silent", "--show-error", "--max-time", "60"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        started.add(process);
        return new String(process.getInputStream().readAllBytes(), UTF_8);
    }

    @Test
    void openSslSpeaksToOurLineServer() throws Exception {
        need("openssl", "openssl", "version");
        Certificates certificates = Certificates.make(Files.createTempDirectory(folder, "tls"));
        Port port = loop.get(loop.reactor().listen(Endpoint.local(0).tls(certificates.server()), Answering::new));
        Process process = new ProcessBuilder(
                        "openssl",
                        "s_client",
                        "-connect",
                        "127.0.0.1:" + port.number(),
                        "-CAfile",
                        certificates.certificate().toString(),
                        "-verify_return_error",
                        "-quiet")
                .redirectErrorStream(true)
                .start();
        started.add(process);
        process.getOutputStream().write("hello\n".getBytes(UTF_8));
        process.getOutputStream().flush();
        BufferedReader reader = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        String line = reader.readLine();
        while (line != null && !line.startsWith("you said")) {
            line = reader.readLine();
        }
        assertThat(line).isEqualTo("you said hello");
        process.getOutputStream().write("quit\n".getBytes(UTF_8));
        process.getOutputStream().flush();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        loop.get(port.stopListening());
    }
}
