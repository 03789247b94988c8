// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How long, in real time, a returned Deferred may take to end, before it is cancelled and the test fails: trial's {@code timeout}. Without this, ten seconds. */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface TimeLimit {
    /**
     * The limit.
     *
     * @return milliseconds, more than none; that of a method has the last word
     */
    long millis();
}
