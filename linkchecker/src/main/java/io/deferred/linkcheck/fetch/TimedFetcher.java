// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.fetch;

import io.deferred.Deferred;
import io.deferred.Scheduler;
import java.time.Duration;

/** Cancels each request that has not been answered, body and all, in time; it fails with a TimeoutException then. */
public final class TimedFetcher implements Fetcher {
    private final Fetcher inner;
    private final Duration limit;
    private final Scheduler scheduler;

    /**
     * Puts a limit on another fetcher.
     *
     * @param inner does the work
     * @param limit for each request by itself
     * @param scheduler measures it
     */
    public TimedFetcher(Fetcher inner, Duration limit, Scheduler scheduler) {
        this.inner = inner;
        this.limit = limit;
        this.scheduler = scheduler;
    }

    @Override
    public Deferred<Response> fetch(Request request) {
        return inner.fetch(request).addTimeout(limit, scheduler);
    }
}
