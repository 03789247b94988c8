// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import io.deferred.Deferred;
import io.deferred.DelayedCall;
import io.deferred.Scheduler;
import io.deferred.SystemScheduler;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One event loop: the thread on which connections are served, time-outs end, and what it is given is run, one after the other. Twisted's {@code reactor}, though there may be several.
 *
 * <pre>{@code
 * try (Reactor reactor = Reactor.start()) {
 *     Deferred<Port> port = reactor.listen(Endpoint.local(0), () -> (connection, data) -> connection.write(data));
 *     ...
 * }
 * }</pre>
 *
 * <p><b>Callbacks</b>: what is given to {@link #execute} and {@link #callLater} runs on the loop, never within that call. What it throws is reported to the handler of {@link
 * io.deferred.UnhandledFailures}. Nothing that runs on the loop may block it: {@link Deferred#await()}, {@link Deferred#get}, {@link #close()} and {@link #blockingCall} are refused there.
 *
 * <p><b>Threads</b>: the loop is {@code deferred-loop-N}. It is no daemon: a program goes on until its reactors are stopped. Beside it run the acceptor of new connections, a daemon that warns of a loop that has been blocked for two
 * seconds, up to three threads of the engine, for names that are looked up and files that are read, and the timekeeper of {@link Scheduler#system(Executor)} while anything is armed.
 *
 * <p><b>Memory</b>: what a thread did before it called a method here happens-before what that has the loop do.
 *
 * <p><b>Cancellation</b>: {@link #stop()} ends all at once, {@link #drain} lets what is under way come to its end first.
 *
 * <p>This class is safe for use by any thread.
 */
public final class Reactor implements Scheduler, Executor, AutoCloseable {
    private static final Duration CLOSING = Duration.ofSeconds(30);

    private final Engine engine;
    private final SystemScheduler scheduler;
    private final Residents residents = new Residents();
    private final Stopping stopping = new Stopping(this);

    private Reactor(Engine engine) {
        this.engine = engine;
        this.scheduler = Scheduler.system(this);
    }

    /**
     * Starts one. Blocks until its loop runs, some tenths of a second for the first.
     *
     * @return a new reactor, to be stopped when it is no longer needed
     */
    public static Reactor start() {
        Reactor reactor = new Reactor(Engine.start());
        reactor.engine.serves(reactor);
        return reactor;
    }

    /**
     * Returns the reactor whose loop the calling thread is.
     *
     * @return empty on any other thread
     */
    public static Optional<Reactor> current() {
        return Optional.ofNullable(Engine.servedByThisThread());
    }

    /**
     * Tells whether the calling thread is this reactor's loop.
     *
     * @return false on any other thread
     */
    public boolean inLoop() {
        return Engine.servedByThisThread() == this;
    }

    /**
     * Returns the name of the loop's thread.
     *
     * @return {@code deferred-loop-N}
     */
    public String name() {
        return engine.name();
    }

    // ---- running

    /**
     * Has the loop run a task, after those that it was given before. Twisted's {@code callFromThread}.
     *
     * @param task is run once; one that is given while the loop ends may be run after that, on another thread
     * @throws RejectedExecutionException if this reactor has been stopped
     */
    @Override
    public void execute(Runnable task) {
        Objects.requireNonNull(task, "task");
        if (!give(new Once(task))) {
            throw new RejectedExecutionException("the reactor " + name() + " has been stopped; start another one");
        }
    }

    /** Runs it now if this is the loop, and has the loop run it otherwise; not at all if there is no loop any more. */
    void run(Runnable task) {
        if (inLoop()) {
            task.run();
        } else {
            enqueue(task);
        }
    }

    /** Runs it now if this is the loop, has the loop run it otherwise, and runs it on this thread if there is no loop any more: somebody waits for it. */
    void tell(Runnable task) {
        if (inLoop()) {
            task.run();
            return;
        }
        Once once = new Once(task);
        if (!give(once)) {
            once.run();
        }
    }

    private boolean give(Once task) {
        boolean taken = enqueue(task);
        if (taken) {
            stopping.given(task);
        }
        return taken;
    }

    /** False if there is no loop any more; of that the engine knows first. */
    private boolean enqueue(Runnable task) {
        if (stopping.isOver()) {
            return false;
        }
        try {
            engine.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** The loop on which whoever calls now is to be told. */
    Reactor home() {
        Reactor current = Engine.servedByThisThread();
        return current == null ? this : current;
    }

    /**
     * Has the loop call a function that returns a Deferred, and blocks this thread until that has its result. Twisted's {@code blockingCallFromThread}: for main methods, and threads that live by waiting.
     *
     * @param function is called once, on the loop
     * @param timeout how long to wait; then what the function has begun is cancelled
     * @param <T> the type of the result
     * @return the result
     * @throws IllegalStateException if it is called on an event loop
     * @throws java.util.concurrent.TimeoutException if there is no result in time
     * @throws InterruptedException if this thread is interrupted meanwhile; what the function has begun is cancelled
     * @throws Exception the very exception with which it failed
     */
    public <T extends @Nullable Object> T blockingCall(
            Callable<? extends Deferred<? extends T>> function, Duration timeout) throws Exception {
        Objects.requireNonNull(function, "function");
        refuseToBlock("blockingCall()");
        Deferred<T> begun = Deferred.<@Nullable Void>succeed(null)
                .continueOn(this)
                .chainCallback(ignored -> Deferred.<T>defer(function))
                .named("a blocking call");
        boolean ended = false;
        try {
            T result = begun.get(timeout);
            ended = true;
            return result;
        } finally {
            if (!ended) {
                begun.cancel();
                begun.handle(thrown -> {}); // get has thrown it
            }
        }
    }

    static void refuseToBlock(String method) {
        current().ifPresent(loop -> {
            throw new IllegalStateException(method + " was called on the event loop " + loop.name()
                    + ", on which everything else would stand still meanwhile; add a callback instead");
        });
    }

    // ---- time

    @Override
    public Duration now() {
        return scheduler.now();
    }

    /**
     * Has the loop run an action later.
     *
     * @throws IllegalStateException if this reactor has been stopped
     */
    @Override
    public DelayedCall callLater(Duration delay, Runnable action) {
        return scheduler.callLater(delay, action);
    }

    @Override
    public List<DelayedCall> delayedCalls() {
        return scheduler.delayedCalls();
    }

    // ---- connections

    /**
     * Connects, with the default {@link TcpOptions}.
     *
     * @param endpoint where to
     * @param protocol is told of the connection, of its data, and of its loss, on this reactor's loop
     * @return a new Deferred: the connection, after {@link Protocol#connectionMade} has returned. Cancelling it gives the attempt up
     * @see #connect(Endpoint, TcpOptions, Protocol)
     */
    public Deferred<Connection> connect(Endpoint endpoint, Protocol protocol) {
        return connect(endpoint, TcpOptions.defaults(), protocol);
    }

    /**
     * Connects.
     *
     * @param endpoint where to
     * @param options limits and time-outs
     * @param protocol is told of the connection, of its data, and of its loss, on this reactor's loop
     * @return a new Deferred: the connection, after {@link Protocol#connectionMade} has returned; what that throws; {@link java.net.ConnectException} and {@link
     *     java.net.UnknownHostException} if there is none to be had, {@link javax.net.ssl.SSLException} if TLS does not come about. Cancelling it gives the attempt up; {@link java.net.SocketTimeoutException} after {@link TcpOptions#connectWithin()}; {@link ConnectionLostException} if the reactor is stopped
     * @throws IllegalArgumentException if the port is 0
     */
    public Deferred<Connection> connect(Endpoint endpoint, TcpOptions options, Protocol protocol) {
        Objects.requireNonNull(protocol, "protocol");
        return new Connecting(this, Objects.requireNonNull(endpoint, "endpoint"), options, protocol).start();
    }

    /**
     * Listens, with the default {@link TcpOptions}.
     *
     * @param endpoint where; port 0 means one that is free
     * @param protocols gives a protocol for each connection, on this reactor's loop
     * @return a new Deferred: the port, when it listens
     * @see #listen(Endpoint, TcpOptions, Supplier)
     */
    public Deferred<Port> listen(Endpoint endpoint, Supplier<? extends Protocol> protocols) {
        return listen(endpoint, TcpOptions.defaults(), protocols);
    }

    /**
     * Listens.
     *
     * @param endpoint where; port 0 means one that is free
     * @param options limits and time-outs, of each connection
     * @param protocols gives a protocol for each connection, on this reactor's loop; if it throws, that connection is aborted, and the exception reported
     * @return a new Deferred: the port, when it listens; {@link java.net.BindException} if it cannot; {@link ConnectionLostException} if the reactor is stopped before that. Cancelling it closes the port if it comes to listen
     */
    public Deferred<Port> listen(Endpoint endpoint, TcpOptions options, Supplier<? extends Protocol> protocols) {
        Objects.requireNonNull(protocols, "protocols");
        return Port.listen(this, Objects.requireNonNull(endpoint, "endpoint"), options, protocols);
    }

    // ---- the end

    /**
     * Stops at once: ports no longer listen, what is just coming to connect or to listen fails, connections are lost with {@link LossReason#REACTOR_STOPPED}, HTTP exchanges are aborted, delayed calls are never made, and the loop ends after what it has been given already. What
     * waits for any of these fails, on the loop, before that; but for a Deferred that waits for this reactor's clock, of {@link Deferred#deferLater} or with a time-out: that is not fired any more. What is to outlast this reactor takes the time of another
     * {@link Scheduler}.
     *
     * @return a Deferred, fired when the loop has ended, and therefore on another thread; one for each call. It never fails; cancelling it changes nothing
     */
    public Deferred<@Nullable Void> stop() {
        stopping.begin(null);
        return stopping.whenOver();
    }

    /**
     * Stops in peace: what is just coming to connect or to listen fails, ports no longer listen, HTTP servers answer what they have been asked, agents are given the answers for which they wait, and protocols are told to come to their end, {@link Protocol#draining}. Then, or when
     * the time is over, it {@linkplain #stop() stops}.
     *
     * @param patience how long to wait
     * @return a Deferred, fired when the loop has ended, and therefore on another thread; one for each call. It never fails; cancelling it changes nothing
     * @throws IllegalArgumentException if the time is negative
     */
    public Deferred<@Nullable Void> drain(Duration patience) {
        stopping.begin(Checks.notNegative(patience, "the patience of a drain"));
        return stopping.whenOver();
    }

    /**
     * {@linkplain #stop() Stops}, and blocks this thread until the loop has ended.
     *
     * @throws IllegalStateException if it is called on an event loop, which would wait for itself: call {@link #stop()} there; or if the loop has not ended after 30 seconds, because something
     *     blocks it
     */
    @Override
    public void close() {
        refuseToBlock("close()");
        stop();
        stopping.waitUntilOver(CLOSING);
    }

    Engine engine() {
        return engine;
    }

    Residents residents() {
        return residents;
    }

    SystemScheduler scheduler() {
        return scheduler;
    }

    boolean isStopping() {
        return stopping.hasBegun();
    }

    /** Returns the name of its loop, and how it is. */
    @Override
    public String toString() {
        return "Reactor[" + name() + (stopping.isOver() ? ", stopped" : stopping.hasBegun() ? ", stopping" : "") + "]";
    }
}
