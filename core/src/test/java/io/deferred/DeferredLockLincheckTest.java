// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import org.jetbrains.lincheck.datastructures.Operation;

public final class DeferredLockLincheckTest extends TokensLincheckTest<DeferredLock> {
    public static final class Specification extends TokensSpecification {
        public Specification() {
            super(1);
        }
    }

    public DeferredLockLincheckTest() {
        super(new DeferredLock(), Specification.class);
    }

    @Operation
    public boolean locked() {
        places.taken();
        return tokens.locked();
    }
}
