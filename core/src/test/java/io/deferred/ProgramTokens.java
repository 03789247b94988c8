// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import io.deferred.ProgramOp.Sides;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The lock or the semaphore of a random program: counts those who hold it. */
final class ProgramTokens {
    private final ProgramRun run;
    private final Tokens<?> tokens;
    private final int limit;
    private final AtomicInteger holders = new AtomicInteger();
    private final AtomicInteger granted = new AtomicInteger();

    /** Plain, on purpose: of a lock, each holder sees what the one before has written. */
    private int grantedInTurn;

    ProgramTokens(ProgramRun run, Tokens<?> tokens, int limit) {
        this.run = run;
        this.tokens = tokens;
        this.limit = limit;
    }

    /** Acquires one, and gives it back in a callback: the next one, after that Deferred if there is one. */
    void acquire(ProgramNode node, @Nullable ProgramNode meanwhile) {
        boolean[] holds = new boolean[1]; // confined to the callbacks of node
        @SuppressWarnings("unchecked") // of a type that nobody asks for
        Deferred<Object> waiter = (Deferred<Object>) (Deferred<?>) tokens.acquire();
        node.addTo(waiter, Sides.BOTH, (self, given) -> {
            if (given != tokens) {
                return given;
            }
            holds[0] = true;
            enter();
            return meanwhile == null || meanwhile.deferred() == null ? given : meanwhile;
        });
        node.addTo(waiter, Sides.BOTH, (self, given) -> {
            if (holds[0]) {
                holds[0] = false;
                leave();
                tokens.release();
            }
            return given;
        });
        node.publish(waiter);
    }

    /** Acquires one for as long as that Deferred, which is reserved for it, is unfired. */
    void run(ProgramNode node, ProgramNode reserved) {
        node.publish(tokens.run(() -> {
            enter();
            reserved.add(Sides.BOTH, (self, given) -> {
                leave();
                return given;
            });
            node.returns(reserved);
            return reserved.deferred();
        }));
    }

    private void enter() {
        if (holders.incrementAndGet() > limit) {
            run.problem("more than " + limit + " hold " + tokens);
        }
        granted.incrementAndGet();
        grantedInTurn++;
    }

    private void leave() {
        holders.decrementAndGet();
    }

    /** When all is over. */
    void check() {
        ProgramRun.expect(holders.get() == 0, tokens, "is held in the end");
        ProgramRun.expect(tokens.free() == limit, tokens, "has lost a token");
        ProgramRun.expect(tokens.waiting() == 0, tokens, "lets somebody wait in vain");
        ProgramRun.expect(
                limit > 1 || grantedInTurn == granted.get(),
                tokens,
                "had a holder that did not see what the one before it had written");
    }
}
