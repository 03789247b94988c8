// SPDX-License-Identifier: Apache-2.0

/**
 * Tests of Deferreds with JUnit, after Twisted's trial: what a test leaves behind fails it, with the line that made it; time stands still until the test moves it; orders and cancels are tried in all places.
 *
 * <p>Begin with {@link io.deferred.testkit.DeferredExtension}, for tests that are Jupiter's, or with {@link io.deferred.testkit.DeferredTest}, for those that return a Deferred. {@link io.deferred.testkit.DeferredTesting} has what they say.
 *
 * <pre>{@code
 * the test ── makes ──► Deferreds, delayed calls, locks    all on its account
 *     │                          │
 *     │                 callbacks, threads ── make ──►     more, on the same account
 *     ▼
 * its end: what is not over by now fails it
 * }</pre>
 *
 * <pre>{@code
 * @ExtendWith(DeferredExtension.class)
 * class BankTest {
 *     private final Bank bank = new Bank(DeferredTesting.clock(), newExecutor(), () -> {});
 *
 *     @Test
 *     void aTransferTakesASecond(VirtualClock clock) {
 *         Deferred<Integer> transfer = bank.transfer("Ada", "Bob", 30);
 *         assertNoResult(transfer);
 *         clock.advance(Duration.ofSeconds(1));
 *         assertThat(successResultOf(transfer)).isEqualTo(30);
 *     }
 * }
 * }</pre>
 *
 * <p>What lives here: what a test says, and what runs and judges it. What may not: anything that needs AssertJ, which is in {@link io.deferred.testkit.assertj}, or that a program needs when it is not tested.
 */
@NullMarked
package io.deferred.testkit;

import org.jspecify.annotations.NullMarked;
