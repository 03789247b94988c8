// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The ages of Deferreds in stories and dumps are measured by the test's {@link io.deferred.VirtualClock}, for as long as the test runs: then what a test sees of them can be told beforehand. The clock is the one that a parameter of that type gets; {@link DeferredTesting#clock()}
 * has it too. It counts for the whole JVM: not for tests that run in parallel.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface VirtualTime {}
