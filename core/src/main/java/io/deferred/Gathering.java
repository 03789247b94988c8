// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What DeferredList, gatherResults, the joins and race have in common: members, each with a stage that tells of its end. */
abstract class Gathering<T extends @Nullable Object, R extends @Nullable Object> {
    private final List<Deferred<? extends T>> members;
    private final @Nullable Object[] slots;
    private final AtomicInteger missing;

    /** What fires in the end. */
    final Deferred<R> whole;

    /**
     * Takes a copy of the members.
     *
     * @param membersFire whether a cancel does nothing but cancel the members: the whole then fires by its own rules, now or later
     */
    Gathering(Collection<? extends Deferred<? extends T>> members, boolean membersFire) {
        this.members = List.copyOf(Objects.requireNonNull(members, "deferreds"));
        this.slots = new @Nullable Object[this.members.size()];
        this.missing = new AtomicInteger(slots.length);
        this.whole = new Deferred<>(new PassOn<>(() -> cancelMembersBut(-1), membersFire));
    }

    /** Once it has fired, a cancel does nothing, even if what was added to it waits: as recorded of Twisted. */
    final void keepCancels() {
        whole.side().set(Side.KEEPS_CANCELS);
    }

    /** Begins to listen; all that has fired already is told at once. */
    final Deferred<R> start() {
        for (int i = 0; i < slots.length; i++) {
            Member member = new Member(i);
            members.get(i).add(member, member);
        }
        return whole;
    }

    final int size() {
        return slots.length;
    }

    /** Cancels the members but this one, whatever their cancellers do. */
    final void cancelMembersBut(int index) {
        for (int i = 0; i < slots.length; i++) {
            if (i != index) {
                members.get(i).cancel();
            }
        }
    }

    /**
     * A member has ended.
     *
     * @param result a Failure, or its value
     * @param last whether it was the last one; then {@link #results} and {@link #failures} are complete
     * @return what the member's pipeline goes on with
     */
    abstract @Nullable Object ended(int index, @Nullable Object result, boolean last);

    /** All results, each a value or a Failure. */
    final List<@Nullable Object> results() {
        return Collections.unmodifiableList(Arrays.<@Nullable Object>asList(slots));
    }

    final List<Failure> failures() {
        List<Failure> failures = new ArrayList<>(slots.length);
        for (Object slot : slots) {
            if (slot instanceof Failure failure) {
                failures.add(failure);
            }
        }
        return failures;
    }

    final List<Outcome<T>> outcomes() {
        List<Outcome<T>> outcomes = new ArrayList<>(slots.length);
        for (Object slot : slots) {
            outcomes.add(Adapters.outcome(slot));
        }
        return Collections.unmodifiableList(outcomes);
    }

    private final class Member implements Callback<@Nullable Object, @Nullable Object> {
        private final int index;

        Member(int index) {
            this.index = index;
        }

        @Override
        public Object call(@Nullable Object result) {
            slots[index] = result;
            // the count publishes the slot to the thread that brings it to zero
            return Masked.as(ended(index, result, missing.decrementAndGet() == 0));
        }
    }
}
