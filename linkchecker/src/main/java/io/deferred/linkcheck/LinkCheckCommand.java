// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck;

import io.deferred.Debugging;
import io.deferred.Deferred;
import io.deferred.Dump;
import io.deferred.Scheduler;
import io.deferred.linkcheck.crawl.Crawl;
import io.deferred.linkcheck.demo.DemoSite;
import io.deferred.linkcheck.demo.KnownFaults;
import io.deferred.linkcheck.fetch.Fetcher;
import io.deferred.linkcheck.fetch.HttpFetcher;
import io.deferred.linkcheck.fetch.TimedFetcher;
import io.deferred.linkcheck.page.JsoupPageParser;
import io.deferred.linkcheck.report.JsonReporter;
import io.deferred.linkcheck.report.Report;
import io.deferred.linkcheck.report.Reporter;
import io.deferred.linkcheck.report.TableReporter;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command line, and how the parts are put together for it. */
@Command(
        name = "linkcheck",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Checks the links of a web site: those inside it by following them, those that leave it, and #fragments.",
            "Without an address it checks a small site of its own, which needs no network and has known faults.%n"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:nothing is broken (the demonstration: just what is known to be)",
            " 1:something is broken (the demonstration: something else)",
            " 2:the command line cannot be understood",
            "130:interrupted by Ctrl-C, after printing what was known by then"
        })
final class LinkCheckCommand implements Callable<Integer> {
    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final Scheduler scheduler;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "ADDRESS",
            description = "where to start: http://..., https://... or a folder of files")
    private @Nullable String address;

    @Mixin
    private final CheckOptions options = new CheckOptions();

    LinkCheckCommand(InputStream in, PrintStream out, PrintStream err, Scheduler scheduler) {
        this.in = in;
        this.out = out;
        this.err = err;
        this.scheduler = scheduler;
    }

    @Override
    public Integer call() throws Exception {
        options.validate(spec.commandLine());
        if (options.debug) {
            Debugging.full();
            DumpKey.listen(in, err);
        }
        return Interrupt.runToEnd(
                Deferred.async(() -> address == null ? checkDemonstration() : check(address))
                        .named("linkcheck"),
                () -> {
                    if (options.debug) {
                        err.println(Dump.text());
                    }
                });
    }

    // ---- the body of that: straight-line code, which Ctrl-C finds at its one await

    private int check(String text) throws Exception {
        try (Subject subject = Subject.of(text)) {
            Report report = crawl(subject.start(), options.timeout(CheckOptions.TIMEOUT));
            return report.fine() ? ExitCodes.FINE : ExitCodes.BROKEN;
        } catch (Subject.NotUnderstoodException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private int checkDemonstration() throws Exception {
        try (DemoSite site = new DemoSite()) {
            say("No address given: checking the demonstration site. See linkcheck --help.");
            Report report = crawl(site.start(), options.timeout(CheckOptions.DEMONSTRATION_TIMEOUT));
            if (!report.complete()) {
                return ExitCodes.BROKEN; // Ctrl-C: nothing to compare, and the JVM exits with 130
            }
            List<String> differences = KnownFaults.of(site).differences(report);
            differences.forEach(err::println);
            say(differences.isEmpty() ? "These are the faults that the site is known to have." : "That is wrong.");
            return differences.isEmpty() ? ExitCodes.FINE : ExitCodes.BROKEN;
        }
    }

    private Report crawl(URI start, Duration timeout) throws Exception {
        Fetcher fetcher = new TimedFetcher(new HttpFetcher(), timeout, scheduler);
        Reporter reporter = options.json ? new JsonReporter() : new TableReporter();
        Crawl crawl = new Crawl(start, options.crawling(), fetcher, new JsoupPageParser(), scheduler);
        Deferred<Report> report = crawl.run();
        if (!options.quiet) {
            new ProgressLines(crawl::progress, err).printUntilEndOf(report, scheduler);
        }
        // A callback prints, not this body after its await: that may throw, where a Ctrl-C came before the crawl began.
        return report.tap(found -> reporter.print(found, out)).await();
    }

    private void say(String line) {
        if (!options.quiet) {
            err.println(line);
        }
    }
}
