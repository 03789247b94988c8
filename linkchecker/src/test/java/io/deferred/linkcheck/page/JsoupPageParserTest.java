// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.page;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsoupPageParserTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a href=x>",
                "<area href=x>",
                "<link rel=stylesheet href=x>",
                "<img src=x>",
                "<script src=x></script>",
                "<iframe src=x></iframe>",
                "<audio src=x></audio>",
                "<video src=x></video>",
                "<video poster=x></video>",
                "<video><source src=x></video>",
                "<video><track src=x></video>",
                "<embed src=x>",
                "<object data=x></object>",
                "<input type=image src=x>",
                "<a href=' x '>",
                "<A HREF=x>",
                "<meta http-equiv=Refresh content='0; URL=x'>",
                "<meta http-equiv=refresh content=\"5;url='x'\">"
            })
    void elementsThatLinkAreKnown(String html) {
        assertThat(links(html)).containsExactly("http://h/d/x");
    }

    @Test
    void aFramesetHasLinks() {
        assertThat(links("<frameset><frame src=x></frameset>")).containsExactly("http://h/d/x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!-- <a href=x> -->",
                "<a>",
                "<script>'<a href=x>'</script>",
                "<link rel=preconnect href=x>",
                "<link rel=DNS-prefetch href=x>",
                "<meta http-equiv=refresh content=30>",
                "<p href=x>"
            })
    void whatIsNoLinkIsNotOne(String html) {
        assertThat(links(html)).isEmpty();
    }

    @Test
    void aSourceSetHasSeveralLinks() {
        assertThat(links("<img src=a.png srcset='b.png 1x, c,d.png 2x ,e.png,  f.png'>"))
                .containsExactly(
                        "http://h/d/a.png",
                        "http://h/d/b.png",
                        "http://h/d/c,d.png",
                        "http://h/d/e.png",
                        "http://h/d/f.png");
    }

    @Test
    void linksAreResolvedAgainstThePageOrItsBase() {
        assertThat(links("<a href=../x?y#z><a href=/x><a href=//i/x><a href=?q><a href=#f><a href=''>"))
                .containsExactly(
                        "http://h/x?y#z",
                        "http://h/x",
                        "http://i/x",
                        "http://h/d/p?q",
                        "http://h/d/p#f",
                        "http://h/d/p");
        assertThat(links("<base href='/b/'><a href=x>")).containsExactly("http://h/b/x");
    }

    @Test
    void otherSchemesStayAsTheyAre() {
        assertThat(links("<a href='mailto:a@b'><a href='javascript:f()'><a href='tel:1'><img src='data:,x'>"))
                .containsExactly("mailto:a@b", "javascript:f()", "tel:1", "data:,x");
    }

    @Test
    void anchorsAreAllIdsAndTheNamesOfAElements() {
        Page page =
                parse("<p id=one><a name=two></a><input name=three><h1 id='vier und fünf'>", UTF_8, Optional.empty());

        assertThat(page.anchors()).containsExactlyInAnyOrder("one", "two", "vier und fünf");
    }

    @Test
    void theCharsetIsThatOfTheServer() {
        assertThat(parse("<p id=é>", ISO_8859_1, Optional.of(ISO_8859_1)).anchors())
                .containsExactly("é");
    }

    @Test
    void theCharsetIsThatOfThePageIfTheServerNamesNone() {
        assertThat(parse("<meta charset=latin1><p id=é>", ISO_8859_1, Optional.empty())
                        .anchors())
                .containsExactly("é");
    }

    @Test
    void aByteOrderMarkKnowsBetterThanTheServer() {
        assertThat(parse("<p id=é>", UTF_16, Optional.of(UTF_8)).anchors()).containsExactly("é");
    }

    @Test
    void bytesThatAreNoTextDoNotHideTheLinks() {
        Page page = parse("<p title=é>é<a href=x id=y>é</a>", ISO_8859_1, Optional.of(UTF_8));

        assertThat(page.links()).extracting(Link::address).containsExactly("http://h/d/x");
        assertThat(page.anchors()).containsExactly("y");
    }

    @Test
    void aPageNestedVeryDeeplyIsRead() {
        Page page = parse("<div>".repeat(100_000) + "<a href=x>", UTF_8, Optional.empty());

        assertThat(page.links()).hasSize(1);
    }

    private static List<String> links(String html) {
        return parse(html, UTF_8, Optional.empty()).links().stream()
                .map(Link::address)
                .toList();
    }

    private static Page parse(String html, Charset encoding, Optional<Charset> charset) {
        try {
            return new JsoupPageParser()
                    .parse(new ByteArrayInputStream(html.getBytes(encoding)), charset, URI.create("http://h/d/p"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
