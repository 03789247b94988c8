// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BurstsTest {
    /** Bursts of one call each, and no more than a few. */
    private static final Plan SHORT = new Plan(Duration.ZERO, Duration.ZERO, 7, Duration.ofMinutes(1));

    private static Contender contender(Class<? extends Scenario> scenario, Library library) {
        return Contender.of(scenario).stream()
                .filter(c -> c.library == library)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void percentileIsAValueThatWasMeasured() {
        List<Double> values = List.of(50.0, 10.0, 30.0, 20.0, 40.0, 60.0, 70.0, 80.0, 90.0, 100.0, 110.0);

        assertThat(Bursts.percentile(values, 0.1)).isEqualTo(20.0);
        assertThat(Bursts.percentile(values, 0.5)).isEqualTo(60.0);
        assertThat(Bursts.percentile(List.of(5.0, 1.0), 0.5)).isEqualTo(1.0);
        assertThat(Bursts.percentile(List.of(3.0), 0.1)).isEqualTo(3.0);
    }

    @Test
    void everyContenderIsMeasuredAsOftenAsThePlanSays() {
        Map<Library, Figure> figures = new Bursts(SHORT).measure(Contender.of(RightScenario.class));

        assertThat(figures.keySet()).containsExactly(Library.DEFERRED, Library.GUAVA);
        assertThat(figures.values()).allSatisfy(figure -> {
            assertThat(figure.bursts()).isEqualTo(7);
            assertThat(figure.nanos()).isPositive().isLessThanOrEqualTo(figure.median());
        });
    }

    @Test
    void thereAreThreeBurstsHoweverLongTheyTake() {
        Plan overAtOnce = new Plan(Duration.ZERO, Duration.ZERO, 100, Duration.ZERO);

        Map<Library, Figure> figures = new Bursts(overAtOnce).measure(Contender.of(RightScenario.class));

        assertThat(figures.values()).extracting(Figure::bursts).containsExactly(3, 3);
    }

    @Test
    void eachContenderHasAScenarioToItself() {
        List<Contender> contenders = Contender.of(RightScenario.class);

        contenders.get(0).run(3);
        contenders.get(1).run(2);

        assertThat(contenders)
                .extracting(c -> ((RightScenario) c.scenario).calls())
                .containsExactly(3, 2);
    }

    @Test
    void wrongResultIsReportedWithScenarioAndLibrary() {
        List<Contender> wrong = List.of(contender(WrongScenario.class, Library.VERTX));

        assertThatThrownBy(() -> new Bursts(SHORT).measure(wrong))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("WrongScenario.Vert.x went wrong")
                .hasMessageContaining("the result was to be right, not wrong");
    }

    @Test
    void exceptionIsReportedWithScenarioAndLibrary() {
        assertThatThrownBy(() -> contender(WrongScenario.class, Library.NETTY).run(1))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("WrongScenario.Netty went wrong")
                .hasRootCauseMessage("not today");
    }
}
