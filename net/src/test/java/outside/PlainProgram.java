// SPDX-License-Identifier: Apache-2.0
package outside;

import io.deferred.Deferred;
import io.deferred.net.Endpoint;
import io.deferred.net.HttpAgent;
import io.deferred.net.HttpResponse;
import io.deferred.net.HttpServer;
import io.deferred.net.Reactor;
import java.time.Duration;

/** A program of a user, started by {@code ModuleTest}. */
public final class PlainProgram {
    private PlainProgram() {}

    /** Serves, and asks itself. */
    public static void main(String[] args) throws Exception {
        try (Reactor reactor = Reactor.start()) {
            HttpServer server = HttpServer.listen(
                            reactor, Endpoint.local(0), request -> Deferred.succeed(HttpResponse.ok("hello")))
                    .get(Duration.ofMinutes(1));
            System.out.println(HttpAgent.on(reactor)
                    .get("http://127.0.0.1:" + server.port())
                    .<String>chainCallback(HttpResponse::text)
                    .get(Duration.ofMinutes(1)));
        }
        System.out.println(Reactor.class.getModule());
    }
}
