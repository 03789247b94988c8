// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What DeferredList, gatherResults, the joins and race have in common: members, each with a stage that tells of its end. It is itself the Deferred that fires in the end, and its members stand in a field
 * that an unfired one does not need, see {@link Pipeline}: one object, and nothing for each member.
 */
abstract sealed class Gathering<T extends @Nullable Object, R extends @Nullable Object> extends Deferred<R>
        permits GatherResults, DeferredList.Listing, Race {
    private static final VarHandle MISSING;

    static {
        try {
            MISSING = MethodHandles.lookup().findVarHandle(Gathering.class, "missing", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /*
     * A member first does what its own result decides, and then counts itself as ended. So whoever brings the count to zero finds that
     * done by all others, and what it fires then with all the results comes after a failure, or a value, that decides alone.
     */

    /** The result of each member that has ended; null when they are not needed any more. The count publishes them to the thread that brings it to zero. */
    private @Nullable Object @Nullable [] slots;

    /** How many have not ended. Changed by {@link #endOne} alone. */
    @SuppressWarnings("UnusedVariable") // read through MISSING
    private int missing;

    /**
     * Keeps the members' array as it is.
     *
     * @throws NullPointerException if a member is null
     */
    Gathering(Deferred<?>[] members) {
        super(members);
        for (Deferred<?> member : members) {
            Objects.requireNonNull(member, "a member of the deferreds");
        }
        this.slots = new @Nullable Object[members.length];
        this.missing = members.length;
    }

    static Deferred<?>[] arrayOf(Collection<? extends Deferred<?>> members) {
        return members.toArray(new Deferred<?>[0]);
    }

    /** Begins to listen; all that has fired already is told at once. */
    final Deferred<R> start(Deferred<?>[] members) {
        for (int i = 0; i < members.length; i++) {
            ((Pipeline) members[i]).add(this, Place.of(i));
        }
        return this;
    }

    private void endOne() {
        if ((int) MISSING.getAndAdd(this, -1) == 1) {
            allEnded();
            slots = null;
        }
    }

    /** Cancels the members but this one, whatever their cancellers do. */
    final void cancelMembersBut(int index, Deferred<?>[] members) {
        for (int i = 0; i < members.length; i++) {
            if (i != index) {
                members[i].cancel();
            }
        }
    }

    /** Whether a cancel of the unfired whole does nothing but cancel the members: it then fires by its own rules, now or later. */
    boolean membersFire() {
        return true;
    }

    /** Whether a cancel does nothing once it has fired, even if what was added to it waits: as recorded of Twisted. */
    abstract boolean keepsCancels();

    /**
     * A member has ended, and is not counted yet: fires the whole if that is decided by this member alone.
     *
     * @param result a Failure, or its value
     * @return what the member's pipeline goes on with
     */
    abstract @Nullable Object ended(int index, @Nullable Object result);

    /** The last one is counted: {@link #results} and {@link #failures} are complete. Fires the whole, unless a member has decided. */
    abstract void allEnded();

    /** The stage of a member. */
    static Object ended(Object gathering, Place place, Object result, Pipeline member) {
        try {
            Gathering<?, ?> whole = (Gathering<?, ?>) gathering;
            Object value = Masked.unmask(result);
            @Nullable Object[] slots = whole.slots;
            if (slots != null) {
                slots[place.value] = value;
            }
            Object next;
            try {
                next = whole.ended(place.value, value);
            } finally {
                whole.endOne();
            }
            return next == value ? result : Masked.mask(next);
        } catch (Throwable t) {
            return Failure.caught(t, result, member);
        }
    }

    /** All results, each a value or a Failure. For the last who ends. */
    private @Nullable Object[] all() {
        return Objects.requireNonNull(slots);
    }

    final List<T> results() {
        return new SlotList<>(all());
    }

    final List<Failure> failures() {
        List<Failure> failures = new ArrayList<>();
        for (Object slot : all()) {
            if (slot instanceof Failure failure) {
                failures.add(failure);
            }
        }
        return failures;
    }

    final List<Outcome<T>> outcomes() {
        @Nullable Object[] all = all();
        List<Outcome<T>> outcomes = new ArrayList<>(all.length);
        for (Object slot : all) {
            outcomes.add(Adapters.outcome(slot));
        }
        return Collections.unmodifiableList(outcomes);
    }
}
