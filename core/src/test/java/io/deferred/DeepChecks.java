// SPDX-License-Identifier: Apache-2.0
package io.deferred;

/** What has become of the Deferreds of a {@link DeepPrograms program}. */
final class DeepChecks {
    private DeepChecks() {}

    static Object value(Deferred<?> d) {
        Outcome<?> outcome = d.outcome().orElseThrow(() -> new AssertionError("there is no outcome: " + d));
        if (outcome instanceof Outcome.Failed<?> failed) {
            throw new AssertionError("it failed: " + failed.failure().trace());
        }
        return ((Outcome.Success<?>) outcome).value();
    }

    static Throwable failure(Deferred<?> d) {
        Outcome<?> outcome = d.outcome().orElseThrow(() -> new AssertionError("there is no outcome: " + d));
        if (outcome instanceof Outcome.Failed<?> failed) {
            var unused = d.handle(f -> {}); // it need not be reported when the JVM exits
            return failed.failure().exception();
        }
        throw new AssertionError("it did not fail: " + d);
    }

    static void check(Object expected, Object actual) {
        if (expected == null ? actual != null : !expected.equals(actual)) {
            throw new AssertionError("expected " + expected + ", but got " + actual);
        }
    }
}
