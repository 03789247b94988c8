// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The returned reference is the one to go on with: the one before it has a type that no longer holds. Error Prone and other checkers know this annotation by its
 * simple name and complain where the reference is dropped.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface CheckReturnValue {}
