// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.crawl;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiteTest {
    @ParameterizedTest
    @CsvSource({
        "http://h/,         http://h/x/y,     true",
        "http://h/d/p.html, http://h/d/q,     true",
        "http://h/d/p.html, http://h/d/e/q,   true",
        "http://h/d/p.html, http://h/q,       false",
        "http://h/d/p.html, http://h/dd/q,    false",
        "http://h/d,        http://h/e,       true",
        "http://h/,         https://h/x,      false",
        "http://h/,         http://h:8080/x,  false",
        "http://h/,         http://h.evil/x,  false",
    })
    void itIsWhatLiesBelowTheDirectoryOfTheStart(URI start, URI address, boolean inside) {
        assertThat(new Site(start).contains(address)).isEqualTo(inside);
    }

    @ParameterizedTest
    @CsvSource({
        "http://h/,  http://h/en/,  http://h/x,   true",
        "http://h/,  https://w/,    https://w/x,  true",
        "http://h/,  https://w/,    http://h/x,   false",
        "http://h/d, http://h/d/,   http://h/x,   false",
        "http://h/d, http://h/d/,   http://h/d/x, true",
    })
    void itMovesWithItsStartPageIfThatLeavesIt(URI start, URI target, URI address, boolean inside) {
        assertThat(new Site(start).movedTo(target).contains(address)).isEqualTo(inside);
    }
}
