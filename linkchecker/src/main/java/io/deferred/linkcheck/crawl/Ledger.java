// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.crawl;

import java.net.URI;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the crawl knows. Any thread may use it: each method holds the lock for a few map operations, and calls nobody.
 * Once closed it does not change any more, and is read without the lock's help.
 */
final class Ledger {
    // guarded by this until closed, constant afterwards
    private final Map<URI, Need> begun = new HashMap<>();
    private final Map<URI, Answer> answers = new HashMap<>();
    private final Map<Destination.Web, Uses> uses = new HashMap<>();
    private final Map<Destination.Malformed, Uses> malformed = new HashMap<>();
    private int underWay;
    private int answered;
    private int pages;
    private int cutPages;
    private int links;
    private int ignored;
    private boolean closed;

    /**
     * Whether a visit is to be made: nobody has been there, or not for as much. Each true is to be followed by an end.
     */
    synchronized boolean begin(URI address, Need need) {
        Need before = begun.get(address);
        if (closed || (before != null && before.compareTo(need) >= 0)) {
            return false;
        }
        begun.put(address, need);
        underWay++;
        return true;
    }

    /** A visit has brought something, of which the richest is kept. */
    synchronized void record(URI address, Need need, Visit visit) {
        if (closed) {
            return;
        }
        answered++;
        if (need == begun.get(address)) {
            answers.put(address, visit.answer());
        }
        if (visit.reading() != Visit.Reading.NOT) {
            pages++;
        }
        if (visit.reading() == Visit.Reading.IN_PART) {
            cutPages++;
        }
    }

    synchronized void link(URI page, Destination destination) {
        if (closed) {
            return;
        }
        links++;
        if (destination instanceof Destination.Web web) {
            uses.computeIfAbsent(web, key -> new Uses()).add(page);
        } else if (destination instanceof Destination.Malformed bad) {
            malformed.computeIfAbsent(bad, key -> new Uses()).add(page);
        } else {
            ignored++;
        }
    }

    /** A visit is over, whatever came of it. Returns true for the last one. */
    synchronized boolean end() {
        underWay--;
        return underWay == 0;
    }

    /** Keeps everything as it is from now on. Returns whether it was open. */
    synchronized boolean close() {
        boolean open = !closed;
        closed = true;
        return open;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    synchronized Counts counts() {
        return new Counts(answered, begun.size(), pages, cutPages, links, ignored);
    }

    // ---- once closed

    /** What came of an address; empty if nobody was there, or has come back. */
    Optional<Answer> answer(URI address) {
        return Optional.ofNullable(answers.get(address));
    }

    Map<URI, Answer> answers() {
        return Collections.unmodifiableMap(answers);
    }

    Map<Destination.Web, Uses> uses() {
        return Collections.unmodifiableMap(uses);
    }

    Map<Destination.Malformed, Uses> malformed() {
        return Collections.unmodifiableMap(malformed);
    }

    /** Numbers of one moment. */
    record Counts(int answered, int known, int pages, int cutPages, int links, int ignored) {}
}
