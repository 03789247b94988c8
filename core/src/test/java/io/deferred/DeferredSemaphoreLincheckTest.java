// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import org.jetbrains.lincheck.datastructures.Operation;

public final class DeferredSemaphoreLincheckTest extends TokensLincheckTest<DeferredSemaphore> {
    private static final int LIMIT = 2;

    public static final class Specification extends TokensSpecification {
        public Specification() {
            super(LIMIT);
        }
    }

    public DeferredSemaphoreLincheckTest() {
        super(new DeferredSemaphore(LIMIT), Specification.class);
    }

    @Operation
    public int tokens() {
        places.taken();
        return tokens.tokens();
    }
}
