// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.report;

import java.io.PrintStream;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Prints the report as one JSON object whose members are named as those of {@link Report} are. In UTF-8. */
public final class JsonReporter implements Reporter {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    @Override
    public void print(Report report, PrintStream out) {
        MAPPER.writeValue(out, report);
        out.println();
        out.flush();
    }
}
