// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;

/** Tokens that threads acquire, give back and give up waiting for, while those who have one give it back: none is lost and none is given twice, first come, first served. */
@Param(name = "thread", gen = ThreadIdGen.class)
public abstract class TokensLincheckTest<S extends Tokens<S>> extends LincheckTest {
    final S tokens;
    final Places<S> places;

    TokensLincheckTest(S tokens, Class<? extends TokensSpecification> specification) {
        super(specification);
        this.tokens = tokens;
        this.places = new Places<>(THREADS, tokens::acquire);
    }

    @Operation
    public boolean acquire(@Param(name = "thread") int thread) {
        return places.take(thread);
    }

    /** Gives the token back, or gives up waiting for it. */
    @Operation
    public String leave(@Param(name = "thread") int thread) {
        return places.leave(thread)
                .map(outcome -> {
                    if (!outcome.isSuccess()) {
                        return "gave up";
                    }
                    tokens.release();
                    return "released";
                })
                .orElse("had not come");
    }

    @Operation
    public int waiting() {
        places.taken();
        return tokens.waiting();
    }
}
