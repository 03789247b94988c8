// SPDX-License-Identifier: Apache-2.0
package io.deferred.stress;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Which states of a Deferred the threads of a race meet in it. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Exercises {
    /**
     * Their names.
     *
     * @return each as in the first column of the block comment in {@code Pipeline}
     */
    String[] value();
}
