// SPDX-License-Identifier: Apache-2.0

/**
 * The bundled site with its known faults. Begin with {@link io.deferred.linkcheck.demo.DemoSite}.
 */
@NullMarked
package io.deferred.linkcheck.demo;

import org.jspecify.annotations.NullMarked;
