// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableTest {
    private static Figure figure(double nanos, double bytes) {
        return new Figure(nanos, nanos, bytes, 10);
    }

    @Test
    void numbersHaveThreeDigitsOrAllBeforeThePoint() {
        assertThat(Table.number(0)).isEqualTo("0");
        assertThat(Table.number(24)).isEqualTo("24");
        assertThat(Table.number(24.03)).isEqualTo("24");
        assertThat(Table.number(7.24)).isEqualTo("7.2");
        assertThat(Table.number(67.96)).isEqualTo("68.0");
        assertThat(Table.number(99.96)).isEqualTo("100");
        assertThat(Table.number(123.4)).isEqualTo("123");
        assertThat(Table.number(99_999.4)).isEqualTo("99999");
        assertThat(Table.number(123_921)).isEqualTo("124k");
    }

    @Test
    void rowShowsBytesOfEachLibraryAndOurTimeAsRatios() {
        Row row = new Row(
                "mapPromise",
                Map.of(
                        Library.DEFERRED, figure(10, 24),
                        Library.COMPLETABLE_FUTURE, figure(20, 88),
                        Library.TRANE, figure(8, 72)));

        List<String> lines = new Table(List.of(row)).toString().lines().toList();

        assertThat(lines.get(0)).matches("bytes/op +Deferred +CF +Trane +\\| +ns/op +x CF +x best +which is");
        assertThat(lines.get(1)).matches("mapPromise +24 +88 +72 +\\| +10 +0\\.50 +1\\.25 +Trane 8");
        assertThat(lines).hasSize(2);
    }

    @Test
    void whatDoesNotTakePartIsADash() {
        Row ours = new Row("first", Map.of(Library.DEFERRED, figure(10, 24)));
        Row theirs = new Row("second", Map.of(Library.NETTY, figure(5, 32)));

        List<String> lines = new Table(List.of(ours, theirs)).toString().lines().toList();

        assertThat(lines.get(1)).matches("first +24 +- +\\| +10 +- +-");
        assertThat(lines.get(2)).matches("second +- +32 +\\| +- +- +-  Netty 5");
    }

    @Test
    void ratiosThatSayNothingAreNotSpelledOut() {
        Row row = new Row(
                "setValue", Map.of(Library.DEFERRED, figure(5, 24), Library.COMPLETABLE_FUTURE, figure(0.001, 0)));

        assertThat(new Table(List.of(row)).toString()).contains(">100");
    }
}
