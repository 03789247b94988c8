// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck;

import io.deferred.linkcheck.crawl.CrawlOptions;
import io.deferred.linkcheck.fetch.Attempts;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of the command line. */
final class CheckOptions {
    static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** The demonstration has a page that never answers, and is to end soon. */
    static final Duration DEMONSTRATION_TIMEOUT = Duration.ofSeconds(5);

    /** With the pauses there are, more would keep a crawl waiting for minutes, for each address of a host that is down. */
    private static final int MOST_RETRIES = 20;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            defaultValue = "16",
            description = "addresses asked for at a time (default: ${DEFAULT-VALUE})")
    private int concurrency;

    @Option(
            names = "--per-host",
            paramLabel = "N",
            defaultValue = "8",
            description = "of these at one host (default: ${DEFAULT-VALUE})")
    private int perHost;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "for each request; fractions are understood (default: 10; without an address: 5)")
    private @Nullable Double timeout;

    @Option(
            names = "--retries",
            paramLabel = "N",
            defaultValue = "2",
            description = "further attempts where a connection is refused or lost (default: ${DEFAULT-VALUE})")
    private int retries;

    @Option(
            names = "--max-redirects",
            paramLabel = "N",
            defaultValue = "10",
            description = "redirects in a row that are followed (default: ${DEFAULT-VALUE})")
    private int maxRedirects;

    @Option(names = "--no-external", description = "count links that leave the site, but do not check them")
    private boolean noExternal;

    @Option(names = "--json", description = "print JSON instead of tables")
    boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "no progress on standard error")
    boolean quiet;

    @Option(
            names = "--debug",
            description = {
                "keep the stories of all Deferreds, for the reports of what goes wrong in the program itself;",
                "d and Enter print what it is waiting for, and so does Ctrl-C before it ends"
            })
    boolean debug;

    /** Refuses what picocli cannot know to be wrong. */
    void validate(CommandLine command) {
        if (concurrency < 1) {
            throw new ParameterException(command, "--concurrency must be at least 1, not " + concurrency);
        }
        if (perHost < 1) {
            throw new ParameterException(command, "--per-host must be at least 1, not " + perHost);
        }
        if (retries < 0 || retries > MOST_RETRIES) {
            throw new ParameterException(command, "--retries must be from 0 to " + MOST_RETRIES + ", not " + retries);
        }
        if (maxRedirects < 0) {
            throw new ParameterException(command, "--max-redirects must not be negative: " + maxRedirects);
        }
        if (timeout != null && !(timeout > 0 && timeout <= 86_400)) {
            throw new ParameterException(command, "--timeout must be more than 0 and at most a day, not " + timeout);
        }
    }

    Duration timeout(Duration unlessGiven) {
        return timeout == null ? unlessGiven : Duration.ofMillis(Math.max(1, Math.round(timeout * 1000)));
    }

    CrawlOptions crawling() {
        CrawlOptions.Outside outside = noExternal ? CrawlOptions.Outside.LEAVE : CrawlOptions.Outside.CHECK;
        return new CrawlOptions(new Attempts.Limits(concurrency, perHost, retries), outside, maxRedirects);
    }
}
