// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit;

import io.deferred.Leftover.Kind;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * What the annotations of a test say.
 *
 * @param mayLeave what may be left
 * @param timeLimit of a returned Deferred, in real time
 * @param virtualTime whether ages are measured by the test's clock
 */
record Settings(Set<Kind> mayLeave, Duration timeLimit, boolean virtualTime) {
    private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(10);

    /** Of a method and the classes that it is in, the innermost first. */
    static Settings of(List<? extends AnnotatedElement> elements) {
        Set<Kind> mayLeave = EnumSet.noneOf(Kind.class);
        for (MayLeave each : all(elements, MayLeave.class)) {
            mayLeave.addAll(List.of(each.value()));
        }
        Duration limit = all(elements, TimeLimit.class).stream()
                .findFirst()
                .map(each -> Duration.ofMillis(each.millis()))
                .orElse(DEFAULT_LIMIT);
        if (limit.isZero() || limit.isNegative()) {
            throw new IllegalArgumentException("@TimeLimit(millis = " + limit.toMillis() + ") of " + elements.get(0)
                    + " is no time; give 1 or more");
        }
        return new Settings(mayLeave, limit, !all(elements, VirtualTime.class).isEmpty());
    }

    private static <A extends Annotation> List<A> all(List<? extends AnnotatedElement> elements, Class<A> type) {
        return elements.stream()
                .flatMap(element -> AnnotationSupport.findAnnotation(element, type).stream())
                .toList();
    }
}
