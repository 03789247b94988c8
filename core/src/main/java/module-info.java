// SPDX-License-Identifier: Apache-2.0

/**
 * One-shot, chainable, cancellable results: Twisted's Deferred for Java.
 *
 * <p>All of the API is in one package, {@link io.deferred}. The module needs {@code java.base} only: annotations are
 * read by compilers, and flight recording and management are used where the running JDK has them.
 */
module io.deferred {
    requires static transitive org.jspecify;
    requires static java.management;
    requires static jdk.jfr;

    // API
    exports io.deferred;
}
