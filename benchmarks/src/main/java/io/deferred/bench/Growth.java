// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench;

import io.deferred.bench.scenario.Gather;
import io.deferred.bench.scenario.ManyPending;
import io.deferred.bench.scenario.MapPending;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How cost grows over four decades.
 *
 * @param environment where it was measured
 * @param points of all questions
 */
record Growth(Environment environment, List<Point> points) {
    /** Who takes part if nobody is named: those whose long pipelines need no more stack than short ones. Guava and Vert.x overflow it at some thousand stages. */
    static final List<Library> PEERS =
            List.of(Library.DEFERRED, Library.COMPLETABLE_FUTURE, Library.TRANE, Library.ASYNC);

    /** What grows. */
    enum Question {
        STAGES("stages of one pipeline, added, then fired", "stage", MapPending.class, 1),
        MEMBERS("members of one gather, made, gathered, fired", "member", Gather.class, 1),
        PENDING("promises pending at once, made, one callback added, fired", "promise", ManyPending.class, 100);

        private static final int DECADES = 4;

        final String title;
        final String unit;
        private final Class<? extends Scenario> scenario;
        private final int from;

        Question(String title, String unit, Class<? extends Scenario> scenario, int from) {
            this.title = title;
            this.unit = unit;
            this.scenario = scenario;
            this.from = from;
        }

        /** Two in each decade, and the end of the last. */
        List<Integer> sizes() {
            List<Integer> sizes = new ArrayList<>();
            int size = from;
            for (int decade = 0; decade < DECADES; decade++, size *= 10) {
                sizes.add(size);
                sizes.add(3 * size);
            }
            sizes.add(size);
            return sizes;
        }

        private Case at(int size) {
            return Case.of(name().toLowerCase(Locale.ROOT) + "-" + size, scenario, size);
        }
    }

    /**
     * One size of one question.
     *
     * @param question what grows
     * @param size how many there are
     * @param figures of each library, for one of them
     */
    record Point(Question question, int size, Map<Library, Figure> figures) {
        /** As a line of the table. */
        Row row() {
            return new Row(question.at(size).name(), figures);
        }
    }

    /** Measures all points, each in a JVM of its own. */
    static Growth measure(Fork fork) throws IOException, InterruptedException {
        Environment environment = Environment.of(fork.jvm);
        List<Point> points = new ArrayList<>();
        for (Question question : Question.values()) {
            for (int size : question.sizes()) {
                Case measured = question.at(size);
                System.err.println(measured.name());
                Map<Library, Figure> figures = fork.measure(measured);
                figures.replaceAll((library, figure) -> figure.dividedBy(size));
                points.add(new Point(question, size, figures));
            }
        }
        return new Growth(environment, points);
    }

    /** Who took part. */
    List<Library> libraries() {
        return points.stream()
                .flatMap(p -> p.figures().keySet().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** Those of one question. */
    List<Point> points(Question question) {
        return points.stream().filter(p -> p.question() == question).toList();
    }

    /** The table. */
    @Override
    public String toString() {
        return environment
                + System.lineSeparator()
                + new Table(points.stream().map(Point::row).toList());
    }
}
