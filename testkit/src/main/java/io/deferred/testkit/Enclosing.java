// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The elements whose annotations count for a test, the innermost first. */
final class Enclosing {
    private Enclosing() {}

    /** Of all tests of a class. */
    static List<AnnotatedElement> of(Class<?> type) {
        List<AnnotatedElement> all = new ArrayList<>();
        for (@Nullable Class<?> each = type; each != null; each = each.getEnclosingClass()) {
            all.add(each);
        }
        return all;
    }

    /** Of one test. */
    static List<AnnotatedElement> of(Method method, Class<?> type) {
        List<AnnotatedElement> all = of(type);
        all.add(0, method);
        return all;
    }
}
