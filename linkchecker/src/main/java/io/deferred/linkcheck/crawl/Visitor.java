// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.crawl;

import io.deferred.Deferred;
import io.deferred.linkcheck.fetch.Content;
import io.deferred.linkcheck.fetch.Fetcher;
import io.deferred.linkcheck.fetch.HeadThenGet;
import io.deferred.linkcheck.fetch.MediaType;
import io.deferred.linkcheck.fetch.Request;
import io.deferred.linkcheck.fetch.Response;
import io.deferred.linkcheck.page.Page;
import io.deferred.linkcheck.page.PageParser;
import io.deferred.linkcheck.report.Problem;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Goes to one address and comes back with what was asked for. Fails with an IOException alone, if there was no answer:
 * another visit may have one. Whatever else went wrong is part of the answer.
 */
final class Visitor {
    private final Fetcher fetcher;
    private final HeadThenGet headThenGet;
    private final PageParser parser;

    Visitor(Fetcher fetcher, PageParser parser) {
        this.fetcher = fetcher;
        this.headThenGet = new HeadThenGet(fetcher);
        this.parser = parser;
    }

    Deferred<Visit> visit(URI address, Need need) {
        Deferred<Response> asked = need == Need.EXISTENCE
                ? headThenGet.ask(address)
                : fetcher.fetch(new Request(address, Request.Form.PAGE));
        return asked.addCallback(response -> understand(address, need, response))
                .addErrback(failure -> failure.exception() instanceof IOException
                        ? failure.raise()
                        : Visit.failed(failure.exception()));
    }

    private Visit understand(URI address, Need need, Response response) {
        if (response.location().isPresent() && response.status() / 100 == 3) {
            return redirect(address, response.status(), response.location().get());
        }
        if (!response.successful()) {
            return Visit.refused(Problem.Kind.STATUS, StatusText.of(response.status()));
        }
        if (response.content().isEmpty()) {
            return Visit.without(new Answer.Found(Optional.empty()));
        }
        try {
            return read(address, need, response, response.content().get());
        } catch (IOException e) {
            return Visit.refused(Problem.Kind.UNREADABLE, "cannot be read: " + e.getMessage());
        }
    }

    private static Visit redirect(URI address, int status, String location) {
        Destination target = AddressReader.read(resolve(address, location));
        if (target instanceof Destination.Web web) {
            return Visit.without(new Answer.Moved(web.address()));
        }
        return Visit.refused(Problem.Kind.BAD_REDIRECT, status + " to " + location);
    }

    private static String resolve(URI address, String location) {
        try {
            return address.resolve(Escapes.escape(location.strip().split("#", 2)[0]))
                    .toString();
        } catch (IllegalArgumentException e) {
            return location;
        }
    }

    private Visit read(URI address, Need need, Response response, Content content) throws IOException {
        Page page = parser.parse(content.stream(), response.contentType().flatMap(MediaType::charset), address);
        Optional<Anchors> anchors = content.complete() ? Optional.of(new Anchors(page.anchors())) : Optional.empty();
        return new Visit(
                new Answer.Found(anchors),
                need == Need.LINKS ? page.links() : List.of(),
                content.complete() ? Visit.Reading.WHOLE : Visit.Reading.IN_PART);
    }
}
