// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.crawl;

import io.deferred.AlreadyCalledException;
import io.deferred.CancelledException;
import io.deferred.Deferred;
import io.deferred.Failure;
import io.deferred.Scheduler;
import io.deferred.linkcheck.fetch.Attempts;
import io.deferred.linkcheck.fetch.Fetcher;
import io.deferred.linkcheck.page.Link;
import io.deferred.linkcheck.page.PageParser;
import io.deferred.linkcheck.report.Problem;
import io.deferred.linkcheck.report.Report;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Goes from the start page to every page of the site, and to whatever they link to. Each address is asked for once: a
 * redirect is an answer, and leads to the visit of another address.
 *
 * <p>There is no thread here: each answer is dealt with by the thread that brings it, which starts the visits that
 * follow from it. What they all know is in the {@link Ledger}.
 */
public final class Crawl {
    private final CrawlOptions options;
    private final Visitor visitor;
    private final URI start;
    private final Attempts attempts;
    private final Ledger ledger = new Ledger();
    private final Set<Deferred<?>> underWay = ConcurrentHashMap.newKeySet();
    private final Deferred<Report> result = new Deferred<>(self -> stop());

    /** Moves with the start page, before any link is known. */
    private volatile Site site;

    /**
     * Prepares a crawl.
     *
     * @param start the page to begin with, as {@link AddressReader#start} gives it
     * @param options how to crawl
     * @param fetcher asks the servers
     * @param parser reads the pages
     * @param scheduler measures the pauses between attempts
     */
    public Crawl(URI start, CrawlOptions options, Fetcher fetcher, PageParser parser, Scheduler scheduler) {
        this.start = start;
        this.options = options;
        this.visitor = new Visitor(fetcher, parser);
        this.attempts = new Attempts(options.limits(), scheduler);
        this.site = new Site(start);
    }

    /**
     * Begins. To be called once.
     *
     * @return what was found. Cancelling it cancels all requests, and gives what is known by then
     */
    public Deferred<Report> run() {
        visit(new Errand(start, Need.LINKS, 0, true));
        return result;
    }

    /** Returns how far it is. Any thread may ask, at any time. */
    public Progress progress() {
        Ledger.Counts counts = ledger.counts();
        return new Progress(counts.answered(), counts.known(), counts.pages());
    }

    /**
     * A visit to be made.
     *
     * @param redirects how many redirects have led here, in a row
     * @param first whether the start page, or a redirect of it, has led here
     */
    private record Errand(URI address, Need need, int redirects, boolean first) {}

    private void visit(Errand errand) {
        if (!ledger.begin(errand.address(), errand.need())) {
            return;
        }
        // Tried again is the whole visit, and not each of its requests: where HEAD is dropped, GET follows without a
        // pause, and decides.
        Deferred<@Nullable Void> visit = attempts.make(errand.address(), () -> perform(errand));
        underWay.add(visit);
        visit.addErrback(IOException.class, lost -> settleLost(errand, lost))
                .handle(this::fail)
                .tapBoth(outcome -> leave(visit));
        if (ledger.isClosed()) {
            visit.cancel(); // stop() may not have seen it
        }
    }

    /**
     * What follows from an answer is part of the attempt. So no more pages are read at a time than may be asked for, and
     * the stack is no deeper than that, however many answer at once.
     */
    private Deferred<@Nullable Void> perform(Errand errand) {
        if (ledger.isClosed()) {
            return Deferred.fail(new CancelledException("stopped")); // its turn came when stop() cancelled another
        }
        return visitor.visit(errand.address(), errand.need()).consume(found -> settle(errand, found));
    }

    private @Nullable Void settleLost(Errand errand, IOException lost) {
        settle(errand, Visit.failed(lost));
        return null;
    }

    private void settle(Errand errand, Visit found) {
        if (ledger.isClosed()) {
            return; // the answer is that it was cancelled
        }
        Visit visit = found;
        if (visit.answer() instanceof Answer.Moved moved) {
            if (errand.redirects() == options.maxRedirects()) {
                visit = Visit.refused(
                        Problem.Kind.TOO_MANY_REDIRECTS, "more than " + options.maxRedirects() + " redirects in a row");
            } else {
                follow(errand, moved.target());
            }
        }
        for (Link link : visit.links()) {
            follow(errand.address(), AddressReader.read(link.address()));
        }
        // Last, so that progress() knows of all that an answer has brought when it counts that.
        ledger.record(errand.address(), errand.need(), visit);
    }

    private void follow(Errand errand, URI target) {
        if (errand.first()) {
            site = site.movedTo(target);
        }
        Need need = errand.need() == Need.ANCHORS ? Need.ANCHORS : Need.EXISTENCE;
        visitIfWanted(target, need, errand.redirects() + 1, errand.first());
    }

    private void follow(URI page, Destination destination) {
        ledger.link(page, destination);
        if (destination instanceof Destination.Web web) {
            visitIfWanted(web.address(), web.fragment().isEmpty() ? Need.EXISTENCE : Need.ANCHORS, 0, false);
        }
    }

    private void visitIfWanted(URI address, Need needOutside, int redirects, boolean first) {
        if (site.contains(address)) {
            visit(new Errand(address, Need.LINKS, redirects, first));
        } else if (options.outside() == CrawlOptions.Outside.CHECK) {
            visit(new Errand(address, needOutside, redirects, first));
        }
    }

    private void leave(Deferred<?> visit) {
        underWay.remove(visit);
        if (ledger.end() && ledger.close()) {
            finish(true);
        }
    }

    private void stop() {
        boolean complete = !ledger.close();
        underWay.forEach(Deferred::cancel);
        finish(complete);
    }

    /** A defect in this program, unless it is a visit that stop() has cancelled. */
    private void fail(Failure failure) {
        if (ledger.close()) {
            underWay.forEach(Deferred::cancel);
            result.errback(failure);
        }
    }

    private void finish(boolean complete) {
        try {
            result.callback(new Judge(ledger, site, start).report(complete));
        } catch (AlreadyCalledException e) {
            // The crawl was stopped at its very end: both who ended it have the same to say.
        }
    }
}
