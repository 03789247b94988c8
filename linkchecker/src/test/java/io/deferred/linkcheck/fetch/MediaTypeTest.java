// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.fetch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MediaTypeTest {
    @Test
    void htmlIsKnownInAllItsSpellings() {
        assertThat(MediaType.isHtml("text/html")).isTrue();
        assertThat(MediaType.isHtml("Text/HTML ;charset=utf-8")).isTrue();
        assertThat(MediaType.isHtml("application/xhtml+xml")).isTrue();
        assertThat(MediaType.isHtml("text/htmlx")).isFalse();
        assertThat(MediaType.isHtml("")).isFalse();
    }

    @Test
    void theCharsetIsReadQuotedOrNot() {
        assertThat(MediaType.charset("text/html; charset=UTF-8")).hasValue(UTF_8);
        assertThat(MediaType.charset("text/html;x=y; Charset=\"latin1\"")).hasValue(ISO_8859_1);
    }

    @Test
    void aCharsetThatNobodyKnowsIsNone() {
        assertThat(MediaType.charset("text/html")).isEmpty();
        assertThat(MediaType.charset("text/html; charset=klingon")).isEmpty();
        assertThat(MediaType.charset("text/html; charset=%%%")).isEmpty();
    }
}
