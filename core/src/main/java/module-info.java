// SPDX-License-Identifier: Apache-2.0

/**
 * One-shot, chainable, cancellable results: Twisted's Deferred for Java.
 *
 * <p>All of the API is in one package, {@link io.deferred}; what other libraries implement for it is in {@link io.deferred.spi}. At run time the module needs {@code java.base} only; all
 * else that it names is optional.
 */
module io.deferred {
    requires static transitive org.jspecify;
    requires static java.management;
    requires static jdk.attach;
    requires static jdk.jfr;

    // API
    exports io.deferred;

    // SPI
    exports io.deferred.spi;
}
