// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One shape of work for several libraries. What differs between the cases of one shape are constants of the JVM that runs it, so that the compiler sees straight code for each.
 *
 * <p>Instances belong to one contender, and to one thread.
 */
@State(Scope.Thread)
public abstract class Scenario {
    /** How many stages, members, hops: what the shape says. */
    protected static final int SIZE = Integer.getInteger("bench.size", 1);

    /** Whether the promises are handed to somebody else, who keeps them: then no compiler can do without them. */
    protected static final boolean ESCAPES = Boolean.getBoolean("bench.escapes");

    /** Whether there are eight different functions in turn, as in a program, or one, as in most benchmarks. */
    static final boolean MIXED = Boolean.getBoolean("bench.mixed");

    /** Whether a function that returns a promise makes a new one each time, for the libraries that could return a constant. */
    public static final boolean FRESH = Boolean.getBoolean("bench.fresh");

    @SuppressWarnings("UnusedVariable") // somebody else might
    private @Nullable Object kept;

    @SuppressWarnings("UnusedVariable") // the same
    private @Nullable Object keptEnd;

    /** Returns this promise, with which a pipeline begins, after having handed it to somebody else if the case says so. */
    protected final <P> P made(P promise) {
        if (ESCAPES) {
            kept = promise;
        }
        return promise;
    }

    /** The same for the promise with which a pipeline ends, where nothing else holds it. */
    protected final <P> P passedOn(P promise) {
        if (ESCAPES) {
            keptEnd = promise;
        }
        return promise;
    }

    /** Uses this object as somebody would of whom the compiler knows nothing. */
    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    protected static void use(Object object) {}

    /** What every method of the scenario must return, by identity. */
    public abstract Object expected();

    /** How many operations one call of a method does; figures are for one. */
    public int operations() {
        return 1;
    }

    /** Ends threads and whatever else the scenario has started. */
    @TearDown
    public void close() {}
}
