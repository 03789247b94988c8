// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.fetch;

import io.deferred.Deferred;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.Optional;

/**
 * Fetches with the JDK's client. Answers arrive on that client's threads.
 *
 * <p>It speaks HTTP/1.1, where ending a request ends its connection: the server notices.
 */
public final class HttpFetcher implements Fetcher {
    /** The most that is read of a page, in bytes. */
    public static final int PAGE_LIMIT = 20 * 1024 * 1024;

    /** The most that is read of a body that nobody wants. Up to there reading is cheaper than a new connection. */
    private static final int UNWANTED_LIMIT = 64 * 1024;

    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    private final int pageLimit;

    /** Makes one that reads pages up to {@link #PAGE_LIMIT}. */
    public HttpFetcher() {
        this(PAGE_LIMIT);
    }

    /**
     * Makes one with a limit of its own.
     *
     * @param pageLimit the most that is read of a page, in bytes
     */
    public HttpFetcher(int pageLimit) {
        this.pageLimit = pageLimit;
    }

    @Override
    public Deferred<Response> fetch(Request request) {
        // The client throws at once what it does not like about a request.
        return Deferred.<HttpResponse<Optional<Content>>>defer(
                        () -> Deferred.fromStage(client.sendAsync(toHttp(request), bodyOf(request))))
                .addCallback(HttpFetcher::toResponse);
    }

    private static HttpRequest toHttp(Request request) {
        String method = request.form() == Request.Form.HEAD ? "HEAD" : "GET";
        return HttpRequest.newBuilder(request.address())
                .method(method, BodyPublishers.noBody())
                .header("User-Agent", "linkcheck")
                .header("Accept", "*/*")
                .build();
    }

    private BodyHandler<Optional<Content>> bodyOf(Request request) {
        return info -> {
            if (request.form() == Request.Form.PAGE && isPage(info)) {
                return BodySubscribers.mapping(new LimitedBody(pageLimit), Optional::of);
            }
            BodySubscriber<Content> unwanted = new LimitedBody(UNWANTED_LIMIT);
            return BodySubscribers.mapping(unwanted, ignored -> Optional.empty());
        };
    }

    private static boolean isPage(ResponseInfo info) {
        boolean successful = info.statusCode() >= 200 && info.statusCode() < 300;
        return successful
                && info.headers()
                        .firstValue("Content-Type")
                        .filter(MediaType::isHtml)
                        .isPresent();
    }

    private static Response toResponse(HttpResponse<Optional<Content>> answer) {
        return new Response(
                answer.statusCode(),
                answer.headers().firstValue("Content-Type"),
                answer.headers().firstValue("Location"),
                answer.body());
    }
}
