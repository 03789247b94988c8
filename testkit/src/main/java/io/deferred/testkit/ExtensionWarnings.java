// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.Extension;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.DiscoveryIssue;
import org.junit.platform.engine.DiscoveryIssue.Severity;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.engine.support.discovery.DiscoveryIssueReporter;

/** Warns of what Jupiter would heed, on tests that are not run by it. */
final class ExtensionWarnings {
    private final DiscoveryIssueReporter reporter;
    private final Set<AnnotatedElement> seen = new HashSet<>();

    ExtensionWarnings(DiscoveryIssueReporter reporter) {
        this.reporter = reporter;
    }

    void lookAt(Class<?> type) {
        lookAt(type, ClassSource.from(type));
    }

    void lookAt(Method method) {
        lookAt(method, MethodSource.from(method));
    }

    private void lookAt(AnnotatedElement element, TestSource source) {
        if (!seen.add(element)) {
            return;
        }
        if (AnnotationSupport.isAnnotated(element, Timeout.class)) {
            reporter.reportIssue(DiscoveryIssue.builder(
                            Severity.WARNING,
                            "the @Timeout of " + element
                                    + " does not count for a @DeferredTest; give that a @TimeLimit")
                    .source(source));
        }
        for (ExtendWith each : AnnotationSupport.findRepeatableAnnotations(element, ExtendWith.class)) {
            for (Class<? extends Extension> extension : each.value()) {
                if (extension.getPackage()
                        != ExtensionWarnings.class.getPackage()) { // the kit's own do what the engine does
                    reporter.reportIssue(DiscoveryIssue.builder(
                                    Severity.WARNING,
                                    "the extension " + extension.getName() + " of " + element
                                            + " is not run for a @DeferredTest; if a test needs it, make it a void @Test"
                                            + " that waits by get")
                            .source(source));
                }
            }
        }
    }
}
