// SPDX-License-Identifier: Apache-2.0
package io.deferred.stress.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;
import static org.openjdk.jcstress.annotations.Expect.UNKNOWN;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    private static final Table TABLE = new Table(List.of(
            new StateResult(
                    "FireAndFire.OneWins",
                    List.of(new Seen("1", ACCEPTABLE, 1200), new Seen("2", ACCEPTABLE, 0)),
                    List.of()),
            new StateResult(
                    "Add.WeakenedCheck",
                    List.of(
                            new Seen("1", ACCEPTABLE, 10),
                            new Seen("2", ACCEPTABLE_INTERESTING, 3),
                            new Seen("3", FORBIDDEN, 2),
                            new Seen("4", UNKNOWN, 1)),
                    List.of())));

    @Test
    void theColumnsOfTheTextStandBelowOneAnother() {
        assertThat(TABLE.text()).isEqualTo("""
                        race         state          samples  acceptable  interesting  forbidden
                        FireAndFire  OneWins          1,200      1 of 2                       0
                        Add          WeakenedCheck       16      1 of 1            3          3
                        """);
    }

    @Test
    void theSameAsMarkdown() {
        assertThat(TABLE.markdown()).isEqualTo("""
                        | race | state | samples | acceptable | interesting | forbidden |
                        | --- | --- | --: | --: | --: | --: |
                        | FireAndFire | OneWins | 1,200 | 1 of 2 |  | 0 |
                        | Add | WeakenedCheck | 16 | 1 of 1 | 3 | 3 |
                        """);
    }
}
