// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.deferred.spi.EventLoopThread;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The engine of one reactor: an instance of Vert.x that has one loop. */
final class Engine {
    private static final AtomicInteger STARTED = new AtomicInteger();
    private static final Duration LONGEST = Duration.ofDays(20);
    private static final ThreadLocal<@Nullable Reactor> SERVED = new ThreadLocal<>();

    private final Vertx vertx;
    private final Accepting accepting;
    private final Context context;
    private final String name;
    private final NetClient tcpClient;

    private Engine(Vertx vertx, Accepting accepting, String name) {
        this.accepting = accepting;
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.name = name;
        this.tcpClient = vertx.createNetClient(new NetClientOptions());
        context.exceptionHandler(thrown -> Unhandled.report(thrown, "a task of " + name));
    }

    static Engine start() {
        VertxOptions options = new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(2)
                .setUseDaemonThread(false)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
        Accepting accepting = new Accepting();
        Vertx vertx = Vertx.builder()
                .with(options)
                .withTransport(new WatchedTransport(accepting))
                .build();
        return new Engine(vertx, accepting, "deferred-loop-" + STARTED.getAndIncrement());
    }

    /** Tells the loop whose it is, and waits until it knows. */
    void serves(Reactor reactor) {
        CountDownLatch known = new CountDownLatch(1);
        execute(() -> {
            Thread.currentThread().setName(name);
            EventLoopThread.enter(name);
            SERVED.set(reactor);
            known.countDown();
        });
        boolean interrupted = false;
        while (true) {
            try {
                known.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    static @Nullable Reactor servedByThisThread() {
        return SERVED.get();
    }

    /** As the engine counts: whole milliseconds, for zero would be no limit, in an int. */
    static int millis(Duration duration) {
        return duration.compareTo(LONGEST) > 0 ? (int) LONGEST.toMillis() : (int) Math.max(1, duration.toMillis());
    }

    String name() {
        return name;
    }

    Accepting accepting() {
        return accepting;
    }

    NetClient tcpClient() {
        return tcpClient;
    }

    Vertx vertx() {
        return vertx;
    }

    void execute(Runnable task) {
        context.runOnContext(ignored -> task.run());
    }

    /** Ends the loop, and then has another thread run what follows. */
    void end(Runnable afterwards) {
        vertx.close().onComplete(ignored -> afterwards.run());
    }
}
