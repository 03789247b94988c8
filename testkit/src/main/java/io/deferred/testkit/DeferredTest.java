// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.platform.commons.annotation.Testable;

/**
 * A test that returns a Deferred, which is waited for: trial's way to write a test. It passes when that Deferred has a result, and fails with its failure; when it has not ended at its {@link TimeLimit}, it is
 * cancelled, and the test fails and tells what it has waited for. What the test leaves behind fails it too. Meanwhile its {@link io.deferred.VirtualClock} is moved from one due call to the next.
 *
 * <pre>{@code
 * @DeferredTest
 * Deferred<?> answersLate(VirtualClock clock) {
 *     return Deferred.deferLater(clock, Duration.ofHours(1))
 *             .addCallback(late -> assertThat(clock.now()).isEqualTo(Duration.ofHours(1)));
 * }
 * }</pre>
 *
 * <p>The method is neither private nor static, and declares a {@code Deferred} as what it returns. It, the constructor of its class, and methods with {@code @BeforeEach} and {@code @AfterEach} may have parameters of
 * the types {@link io.deferred.VirtualClock}, {@link java.util.concurrent.Executor} (see {@link DeferredTesting#newExecutor}) and {@link org.junit.jupiter.api.TestInfo}. Each test gets a new instance.
 *
 * <p>Jupiter itself refuses a {@code @Test} that returns something, so {@link DeferredTestEngine} runs these, beside Jupiter and in the same classes. Of Jupiter's annotations these are heeded: {@code @BeforeAll},
 * {@code @BeforeEach}, {@code @AfterEach}, {@code @AfterAll} (a class that has tests of both engines sees those for all tests run twice), {@code @Nested}, {@code @DisplayName}, {@code @Disabled}, {@code @Tag}.
 * Extensions are not run, nor what Jupiter makes of extensions: {@code @ParameterizedTest}, {@code @TempDir}, conditions like {@code @EnabledOnOs}. An {@code @ExtendWith} or a {@code @Timeout} for such a test is a warning at discovery.
 * Who needs one writes a void {@code @Test} with {@link DeferredExtension}, and waits for its Deferred by {@code get}.
 *
 * @see Schedules
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Testable
public @interface DeferredTest {}
