// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonReporterTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private String print(Report report) {
        new JsonReporter().print(report, new PrintStream(bytes, true, UTF_8));
        return bytes.toString(UTF_8);
    }

    @Test
    void whatIsReadBackIsWhatWasPrinted() {
        Report report = Reports.broken(true);

        assertThat(JsonMapper.shared().readValue(print(report), Report.class)).isEqualTo(report);
    }

    @Test
    void theMembersHaveTheNamesThatTheDocumentationGives() {
        JsonNode json = JsonMapper.shared().readTree(print(Reports.broken(false)));

        assertThat(json.propertyNames())
                .containsExactlyInAnyOrder("start", "complete", "totals", "broken", "redirects");
        assertThat(json.at("/complete").asBoolean()).isFalse();
        assertThat(json.at("/broken/0/problem/kind").asString()).isEqualTo("STATUS");
        assertThat(json.at("/broken/0/linkedFrom")).hasSize(8);
        assertThat(json.at("/totals/brokenLinks").asInt()).isEqualTo(10);
    }
}
