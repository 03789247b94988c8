// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import io.deferred.ProgramOp.Sides;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The laws of one pipeline, whatever the order of the threads: each callback was given what the one before it has left, and each that was due has run. Some of those who take or change a result are not seen: they are
 * counted instead.
 */
final class ProgramLaws {
    private final ProgramFacts facts;
    private final ProgramNode node;
    private final List<ProgramStep> ran;

    /** In the gap before the callback with this index, or at the end: whether the result may have been a value, or a failure. */
    private final List<Boolean> mayBeValue = new ArrayList<>();

    private final List<Boolean> mayBeFailure = new ArrayList<>();
    private int changes;
    private boolean wasForwarded;

    ProgramLaws(ProgramFacts facts, ProgramNode node) {
        this.facts = facts;
        this.node = node;
        this.ran = node.ran();
    }

    void check() {
        for (int i = 0; i <= ran.size(); i++) {
            Object next = i < ran.size() ? ran.get(i).input() : node.result();
            ProgramRun.expect(facts.explains(node.id(), next), next, "came to " + node + ", where it does not belong");
            wasForwarded |= next == null || isError(next, AlreadyCalledException.class);
            if (i == 0) {
                addGap(next, next, facts.changers(node.id()) > 0);
            } else {
                checkPassed(ran.get(i - 1), next);
            }
        }
        ProgramRun.expect(
                changes <= facts.changers(node.id()), node, "has changed its result " + changes + " times unseen");
        ProgramRun.expect(
                wasForwarded || facts.forwards(node.id()) == 0 || wasNotMade(),
                node,
                "has not fired the one it was to fire");
        node.added().forEach(this::checkDue);
    }

    /** Whether it came late into the program: what was to be done to it may have found nothing. */
    private boolean wasNotMade() {
        return node.kind() == RandomProgram.Kind.DERIVED;
    }

    private void addGap(@Nullable Object before, @Nullable Object after, boolean maySwing) {
        boolean fails = before instanceof Failure || before instanceof ProgramError;
        mayBeFailure.add(maySwing || fails || after instanceof Failure);
        mayBeValue.add(maySwing || !fails || !(after instanceof Failure));
    }

    private void checkPassed(ProgramStep step, @Nullable Object next) {
        Object left = step.output();
        int changers = facts.changers(node.id());
        if (left instanceof ProgramNode inner) {
            boolean isGiven = facts.explains(inner.id(), next) || isError(next, IllegalStateException.class);
            ProgramRun.expect(isGiven || isChanged(next), next, "was given to " + node + " by " + inner);
            addGap(next, next, changers > 0);
            return;
        }
        boolean isPassed = left instanceof ProgramError thrown
                ? next instanceof Failure failure && failure.exception() == thrown
                : left == next;
        if (!isPassed) {
            changes++;
            ProgramRun.expect(isChanged(next), next, "came after " + left + ", which " + step + " has left");
        }
        addGap(left, next, changers > 1 && (!isPassed || next == null)); // only null can have come back unseen
    }

    /** Whether that is what somebody unseen may have left. */
    private boolean isChanged(@Nullable Object next) {
        return (next == null && facts.takers(node.id()) > 0)
                || (isError(next, AlreadyCalledException.class) && facts.takers(node.id()) > 0)
                || (isError(next, TimeoutException.class) && facts.timeouts(node.id()) > 0);
    }

    private static boolean isError(@Nullable Object result, Class<? extends Throwable> type) {
        return result instanceof Failure failure && type.isInstance(failure.exception());
    }

    /** Those that one thread has added: each has run, or in between there was a result of the other kind. */
    private void checkDue(List<ProgramStep> added) {
        int gap = 0;
        for (int i = 0; i < added.size(); i++) {
            ProgramStep step = added.get(i);
            if (step.position() >= 0) {
                gap = step.position() + 1;
                continue;
            }
            ProgramRun.expect(step.sides != Sides.BOTH, step, "has not run");
            int end = nextThatRan(added, i);
            List<Boolean> mayHavePassed = step.sides == Sides.VALUES ? mayBeFailure : mayBeValue;
            while (gap <= end && !mayHavePassed.get(gap)) {
                gap++;
            }
            ProgramRun.expect(gap <= end, step, "was due, and has not run");
        }
    }

    /** The last gap in which that one may have been passed by. */
    private int nextThatRan(List<ProgramStep> added, int index) {
        for (int i = index + 1; i < added.size(); i++) {
            if (added.get(i).position() >= 0) {
                return added.get(i).position();
            }
        }
        return ran.size();
    }
}
