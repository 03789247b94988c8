// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.crawl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.URISyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressReaderTest {
    @ParameterizedTest
    @CsvSource({
        "HTTP://Example.ORG, http://example.org/",
        "http://h:80/, http://h/",
        "https://h:443/x, https://h/x",
        "https://h:80/x, https://h:80/x",
        "http://[::1]:8080/, http://[::1]:8080/",
        "http://h?q, http://h/?q",
        "http://h/a b, http://h/a%20b",
        "http://h/100%, http://h/100%25",
        "http://h/%c3%A9é, http://h/%c3%A9%C3%A9",
        "http://h/[x]|{y}?{z}, http://h/%5Bx%5D%7C%7By%7D?%7Bz%7D",
        "http://bücher.example/, http://xn--bcher-kva.example/",
    })
    void whatMeansTheSameIsWrittenTheSame(String text, String address) {
        assertThat(AddressReader.read(text)).isEqualTo(new Destination.Web(URI.create(address), ""));
    }

    @Test
    void theFragmentIsKeptApart() {
        assertThat(AddressReader.read("http://h/p#a b#c"))
                .isEqualTo(new Destination.Web(URI.create("http://h/p"), "a%20b%23c"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mailto:a@b", "JavaScript:f()", "tel:1", "data:text/plain,x y", "ftp://h/"})
    void otherSchemesAreForOthers(String text) {
        assertThat(AddressReader.read(text)).isInstanceOf(Destination.Other.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "//h/x",
                "http:",
                "http://",
                "http:///x",
                "http://h:port/",
                "http://h:70000/",
                "http://[h/"
            })
    void whatIsNoAddressIsSaidToBeNone(String text) {
        assertThat(AddressReader.read(text)).isInstanceOfSatisfying(Destination.Malformed.class, malformed -> {
            assertThat(malformed.text()).isEqualTo(text);
            assertThat(malformed.why()).startsWith("not an address");
        });
    }

    @Test
    void aStartIsAnAddressOfTheWeb() throws URISyntaxException {
        assertThat(AddressReader.start("http://h#x")).isEqualTo(URI.create("http://h/"));
        assertThatThrownBy(() -> AddressReader.start("ftp://h/")).hasMessageContaining("only http: and https:");
        assertThatThrownBy(() -> AddressReader.start("http://")).hasMessageContaining("names no host");
    }
}
