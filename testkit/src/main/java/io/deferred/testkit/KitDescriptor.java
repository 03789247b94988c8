// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit;

import java.lang.reflect.AnnotatedElement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.hierarchical.Node;

/** A class or a method, with what Jupiter's annotations say of it. */
abstract class KitDescriptor extends AbstractTestDescriptor implements Node<KitContext> {
    private final AnnotatedElement element;

    KitDescriptor(UniqueId id, AnnotatedElement element, String name, TestSource source) {
        super(id, displayName(element, name), source);
        this.element = element;
    }

    private static String displayName(AnnotatedElement element, String otherwise) {
        return AnnotationSupport.findAnnotation(element, DisplayName.class)
                .map(DisplayName::value)
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .orElse(otherwise);
    }

    /** Its own, and those of the classes around it. */
    @Override
    public final Set<TestTag> getTags() {
        Set<TestTag> tags = new LinkedHashSet<>();
        for (String tag : tagNames()) {
            if (TestTag.isValid(tag)) {
                tags.add(TestTag.create(tag));
            }
        }
        getParent().map(TestDescriptor::getTags).ifPresent(tags::addAll);
        return tags;
    }

    private List<String> tagNames() {
        return AnnotationSupport.findRepeatableAnnotations(element, Tag.class).stream()
                .map(Tag::value)
                .toList();
    }

    /** A test that a filter by tags may pass over in silence is to be seen. */
    final void addTagProblems(List<String> problems) {
        for (String tag : tagNames()) {
            if (!TestTag.isValid(tag)) {
                problems.add("@Tag(\"" + tag + "\") of " + element
                        + " is no tag: it is blank, or has a blank or one of ,()&|! in it");
            }
        }
    }

    @Override
    public final SkipResult shouldBeSkipped(KitContext context) {
        return AnnotationSupport.findAnnotation(element, Disabled.class)
                .map(disabled ->
                        SkipResult.skip(disabled.value().isBlank() ? element + " is @Disabled" : disabled.value()))
                .orElseGet(SkipResult::doNotSkip);
    }

    @Override
    public final ExecutionMode getExecutionMode() {
        return AnnotationSupport.findAnnotation(element, Execution.class)
                .filter(execution -> execution.value() == org.junit.jupiter.api.parallel.ExecutionMode.SAME_THREAD)
                .map(execution -> ExecutionMode.SAME_THREAD)
                .orElse(ExecutionMode.CONCURRENT);
    }
}
