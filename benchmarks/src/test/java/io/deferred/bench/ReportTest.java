// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ReportTest {
    private static final Row TIMED = new Row(
            "timed", Map.of(Library.DEFERRED, new Figure(1.5, 2, 24, 300), Library.VERTX, new Figure(3, 4, 0, 300)));
    private static final Row BYTES = new Row("bytes", Map.of(Library.DEFERRED, Figure.ofBytes(24)));

    @Test
    void jsonHasAllOfIt() {
        Report report = new Report(Environment.here(), List.of(TIMED, BYTES));
        String json = JsonMapper.shared().writeValueAsString(report);
        assertThat(JsonMapper.shared().readValue(json, Report.class)).isEqualTo(report);
    }

    @Test
    void figuresOfBytesAloneHaveNoTimeInJson() {
        assertThat(JsonMapper.shared().writeValueAsString(BYTES))
                .contains("bytes\":24.0")
                .doesNotContain("nanos", "median");
    }

    @Test
    void figuresOfBytesAloneHaveNoTimeInTheTable() {
        assertThat(BYTES.bestPeer()).isEmpty();
        assertThat(new Row("peer", Map.of(Library.VERTX, Figure.ofBytes(24))).bestPeer())
                .isEmpty();
        assertThat(BYTES.timeRatioTo(Library.DEFERRED)).isEmpty();
        assertThat(new Table(List.of(BYTES)).toString()).contains("24").doesNotContain("NaN");
    }
}
