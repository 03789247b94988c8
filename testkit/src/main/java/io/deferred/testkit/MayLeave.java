// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit;

import io.deferred.Leftover;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A test, or all tests of a class, may leave things of these kinds behind: they are stopped at its end, and nothing is said. */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface MayLeave {
    /**
     * What may be left.
     *
     * @return kinds; those of a method are added to those of its class
     */
    Leftover.Kind[] value();
}
