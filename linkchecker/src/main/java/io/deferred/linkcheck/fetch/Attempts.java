// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.fetch;

import io.deferred.Backoff;
import io.deferred.Deferred;
import io.deferred.DeferredSemaphore;
import io.deferred.Retry;
import io.deferred.Scheduler;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Makes attempts at what a host is wanted for: so many at a time, so many at each host, and another where the
 * connection was refused or lost. Any thread may use it.
 */
public final class Attempts {
    private static final Backoff PAUSES =
            Backoff.exponential(Duration.ofMillis(200), Duration.ofSeconds(5)).jittered(0.2);

    private final DeferredSemaphore all;
    private final PerHost perHost;
    private final Retry retry;
    private final Scheduler scheduler;

    /**
     * Prepares for attempts.
     *
     * @param limits how many
     * @param scheduler measures the pauses between attempts at the same
     */
    public Attempts(Limits limits, Scheduler scheduler) {
        this.all = new DeferredSemaphore(limits.concurrency());
        this.perHost = new PerHost(limits.perHost());
        this.retry = Retry.upTo(1 + limits.retries()).backoff(PAUSES).when(ConnectionFailures::mayPass);
        this.scheduler = scheduler;
    }

    /**
     * How many attempts there may be.
     *
     * @param concurrency at a time, at least 1
     * @param perHost of these at one host, at least 1
     * @param retries after the first one, for each address, 0 or more
     */
    public record Limits(int concurrency, int perHost, int retries) {}

    /**
     * Makes an attempt when there is room for it, and others if it fails as something that may pass.
     *
     * @param address whose host is asked
     * @param attempt is over when the Deferred that it returns has fired
     * @param <T> the type of its result
     * @return the result of the last attempt. Cancelling this takes the attempt out of the line, cancels it, or ends the
     *     pause; no other follows
     */
    public <T extends @Nullable Object> Deferred<T> make(URI address, Callable<Deferred<T>> attempt) {
        // Within the pauses, so that these keep nobody else waiting. The host's line is the outer one: whoever stands
        // in
        // it holds nothing that another host needs. All take the two in this order, so that nobody waits in a circle.
        return retry.run(scheduler, () -> perHost.run(address, () -> all.run(attempt)));
    }
}
