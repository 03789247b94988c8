// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.http;

import io.deferred.Deferred;
import io.deferred.bench.ChildJvm;
import io.deferred.net.Endpoint;
import io.deferred.net.HttpBody;
import io.deferred.net.HttpResponse;
import io.deferred.net.HttpServer;
import io.deferred.net.Reactor;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The JVM that serves, and has itself loaded. */
final class HttpChild {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String ENGINE_LOOP = "vert.x-eventloop-thread-0";
    private static final String DEFERRED_LOOP = "deferred-loop-0";
    private static final int SECONDS = 2;
    private static final int WARM_UP_SECONDS = 6;
    private static final byte[] HELLO = "Hello, World!\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private HttpChild() {}

    /**
     * Measures and ends.
     *
     * @param args the file for the figures, and how many rounds each server has
     */
    public static void main(String[] args) throws Exception {
        int rounds = Integer.parseInt(args[1]);
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        List<HttpFigure> figures = new ArrayList<>();
        try (Reactor reactor = Reactor.start()) {
            int engine = onTheEngine(vertx);
            HttpServer server = HttpServer.listen(
                            reactor,
                            Endpoint.local(0),
                            request -> Deferred.succeed(
                                    HttpResponse.of(200, HttpBody.of(HELLO)).withHeader("content-type", "text/plain")))
                    .get(SOON);
            for (LoadProgram program : LoadProgram.values()) {
                program.run(engine, WARM_UP_SECONDS);
                program.run(server.port(), WARM_UP_SECONDS);
                figures.add(rounds(program, engine, server.port(), rounds));
            }
        } finally {
            vertx.close().await(1, TimeUnit.MINUTES);
        }
        ChildJvm.answer(args, figures);
    }

    /** With the settings that ours has. */
    private static int onTheEngine(Vertx vertx) throws Exception {
        HttpServerOptions options = new HttpServerOptions()
                .setMaxInitialLineLength(8 * 1024)
                .setMaxHeaderSize(16 * 1024)
                .setInitialSettings(
                        new Http2Settings().setMaxConcurrentStreams(100).setMaxHeaderListSize(16 * 1024));
        return vertx.createHttpServer(options)
                .requestHandler(request -> request.response()
                        .putHeader("content-type", "text/plain")
                        .end(Buffer.buffer(HELLO))
                        .onFailure(thrown -> {}))
                .listen(0, "127.0.0.1")
                .await(1, TimeUnit.MINUTES)
                .actualPort();
    }

    /** They take turns; who is first changes from pair to pair. */
    private static HttpFigure rounds(LoadProgram program, int engine, int deferred, int rounds) throws Exception {
        List<Load> engines = new ArrayList<>();
        List<Load> deferreds = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            if (i % 2 == 0) {
                engines.add(run(program, engine, ENGINE_LOOP));
                deferreds.add(run(program, deferred, DEFERRED_LOOP));
            } else {
                deferreds.add(run(program, deferred, DEFERRED_LOOP));
                engines.add(run(program, engine, ENGINE_LOOP));
            }
        }
        return HttpFigure.of(program, engines, deferreds);
    }

    /** The time of the loop's processor says what a request costs, also where other programs want that processor. */
    private static Load run(LoadProgram program, int port, String loop) throws Exception {
        long before = cpuNanos(loop);
        Load load = program.run(port, SECONDS);
        double requests = load.perSecond() * SECONDS;
        return new Load(load.perSecond(), load.p99Millis(), (cpuNanos(loop) - before) / 1000.0 / requests);
    }

    @SuppressWarnings("deprecation") // on newer JDKs: the method in its place is not there on 17
    private static long cpuNanos(String loop) {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals(loop)) {
                return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId());
            }
        }
        throw new IllegalStateException("there is no thread " + loop);
    }
}
