// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import io.deferred.ProgramOp.Act;
import io.deferred.ProgramOp.What;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What can be said of a {@link RandomProgram} without running it: which results can come to which Deferred, and what can change them on the way unseen. */
final class ProgramFacts {
    private static final Set<What> TAKES_FROM_MEMBERS =
            EnumSet.of(What.GATHER_CONSUMING, What.LIST, What.JOIN, What.RACE);
    private static final Set<What> GATHERS =
            EnumSet.of(What.GATHER, What.GATHER_CONSUMING, What.LIST, What.FIRST, What.JOIN, What.RACE);

    private static final Set<What> KEEPS_CANCELS =
            EnumSet.of(What.GATHER, What.GATHER_CONSUMING, What.LIST, What.FIRST);

    private final RandomProgram program;
    private final List<ProgramOp> ops;
    private final long[] reach;
    private final int[] takers;
    private final int[] timeouts;
    private final int[] forwards;
    private final int[] pauses;
    private final boolean[] isForwardedTo;
    private final boolean[] isPassedOn;
    private final boolean[] keepsCancels;

    ProgramFacts(RandomProgram program) {
        this.program = program;
        this.ops = program.ops();
        int size = program.nodes().size();
        reach = new long[size];
        takers = new int[size];
        timeouts = new int[size];
        forwards = new int[size];
        pauses = new int[size];
        isForwardedTo = new boolean[size];
        isPassedOn = new boolean[size];
        keepsCancels = new boolean[size];
        for (int i = 0; i < size; i++) {
            reach[i] = 1L << i;
        }
        ops.forEach(this::count);
        for (int i = 0; i < size; i++) { // as long as the longest way
            ops.forEach(this::extendReach);
        }
    }

    private void count(ProgramOp op) {
        What what = op.what();
        if (KEEPS_CANCELS.contains(what)) {
            keepsCancels[op.node()] = true;
        }
        if (op.isReturn() || what == What.ASYNC) {
            takers[op.first()]++;
        } else if (what == What.FORWARD) {
            takers[op.node()]++;
            forwards[op.node()]++;
            isForwardedTo[op.first()] = true;
            isPassedOn[op.node()] = true;
        } else if (what == What.AWAIT) {
            takers[op.node()]++;
        } else if (TAKES_FROM_MEMBERS.contains(what)) {
            takers[op.first()]++;
            takers[op.second()]++;
        } else if (what == What.TIMEOUT) {
            timeouts[op.node()]++;
        } else if (what == What.ACQUIRE_LOCK || what == What.ACQUIRE_TOKEN) {
            if (op.first() >= 0) {
                takers[op.first()]++;
            }
        } else if (what == What.RUN_LOCKED || what == What.RUN_WITH_TOKEN) {
            takers[op.first()]++;
        } else if (what == What.FORK) {
            isPassedOn[op.first()] = true;
        } else if (what == What.PAUSE
                || what == What.HOLD
                || what == What.HOLD_TO_THE_END
                || (what == What.ADD && op.act() == Act.PAUSE)) {
            pauses[op.node()]++;
        }
    }

    private void extendReach(ProgramOp op) {
        What what = op.what();
        if (op.isReturn() || what == What.FORK || what == What.ASYNC) {
            reach[op.node()] |= reach[op.first()];
        } else if (what == What.FORWARD) {
            reach[op.first()] |= reach[op.node()];
        } else if (what == What.GET) {
            reach[op.node()] |= 1L << ProgramValue.OF_QUEUE;
        } else if (what.makes() && op.first() >= 0) {
            reach[op.node()] |= reach[op.first()];
            if (op.second() >= 0) {
                reach[op.node()] |= reach[op.second()];
            }
        }
    }

    private boolean any(What what) {
        return ops.stream().anyMatch(op -> op.what() == what);
    }

    boolean cancels() {
        return ops.stream().anyMatch(op -> op.cancels() || op.what() == What.TIMEOUT);
    }

    boolean hasBodies() {
        return any(What.ASYNC);
    }

    /** Whether a thread may run callbacks, which may pause, when the first one has begun to end all: a body, or one that awaits, because it adds a stage. */
    boolean othersRunInTheEnd() {
        return hasBodies() || any(What.AWAIT);
    }

    boolean isPaused(int node) {
        return pauses[node] > 0;
    }

    boolean isForwardedTo(int node) {
        return isForwardedTo[node];
    }

    int forwards(int node) {
        return forwards[node];
    }

    int timeouts(int node) {
        return timeouts[node];
    }

    /** How many may change its result between two callbacks that are seen. */
    int changers(int node) {
        return takers[node] + timeouts[node];
    }

    /** Whether some of those who fire it may not be one of its own. */
    boolean isFiredByHand(int node) {
        return isForwardedTo[node]
                || ops.stream()
                        .anyMatch(op -> op.is(What.FIRE, node)
                                || op.is(What.FAIL, node)
                                || (op.what() == What.ADD && op.act() == Act.FIRE && op.first() == node));
    }

    int takers(int node) {
        return takers[node];
    }

    /** Whether callbacks may have closed a circle, and the failure that follows can come to that one. */
    private boolean mayBeCircle(int node) {
        return ops.stream()
                .anyMatch(op -> op.isReturn() && canComeTo(node, op.node()) && canComeTo(op.first(), op.node()));
    }

    /** Whether the result may be of that Deferred: made for it or one whose result can come to it, or an error of the library's for which there is a cause. */
    boolean explains(int node, Object result) {
        if (result == null) {
            return mayBeNull(node);
        }
        if (result instanceof ProgramValue value) {
            return canComeTo(node, value.mark().node());
        }
        return !(result instanceof Failure failure) || explainsError(node, failure.exception());
    }

    private boolean explainsError(int node, Throwable error) {
        if (error instanceof ProgramError own) {
            return canComeTo(node, own.mark().node());
        }
        if (error instanceof CancelledException) {
            return cancels();
        }
        if (error instanceof java.util.concurrent.TimeoutException) {
            return any(What.TIMEOUT);
        }
        if (error instanceof AlreadyCalledException) {
            return any(What.FORWARD) || any(What.RACE);
        }
        if (error instanceof FirstErrorException || error instanceof FailureGroupException) {
            return ops.stream().anyMatch(op -> GATHERS.contains(op.what()));
        }
        return error.getClass() == IllegalStateException.class && (mayBeTakenTwice(node) || mayBeCircle(node));
    }

    private boolean canComeTo(int node, int from) {
        return (reach[node] & (1L << from)) != 0;
    }

    private boolean mayBeNull(int node) {
        for (int i = 0; i < takers.length; i++) {
            if (canComeTo(node, i) && takers[i] > (i == node || isPassedOn[i] ? 0 : 1)) {
                return true;
            }
        }
        return false;
    }

    private boolean mayBeTakenTwice(int node) {
        for (int i = 0; i < takers.length; i++) {
            if (canComeTo(node, i) && takers[i] > 1) {
                return true;
            }
        }
        return false;
    }

    /** Whether all that cancels in this program is a time-out of the Deferred whose callback returns this reserved one, and comes before that callback. */
    boolean isOutOfReachOfCancels(int reserved) {
        if (ops.stream().anyMatch(ProgramOp::cancels) || hasBodies()) {
            return false;
        }
        int all = 0;
        for (int timeout : timeouts) {
            all += timeout;
        }
        for (List<ProgramOp> thread : program.threads()) {
            int before = 0;
            for (ProgramOp op : thread) {
                if (op.mentions(reserved)) {
                    return op.isReturn() && before == all && timeouts[op.node()] == all;
                }
                before += op.what() == What.TIMEOUT ? 1 : 0;
            }
        }
        return true;
    }

    /** Whether it takes a cancel for its members alone, and none once it has fired. */
    boolean keepsCancels(int node) {
        return keepsCancels[node];
    }

    /** What the function has returned that is called under a lock or semaphore: a cancel, whenever it comes, must reach it. A bit; none if the Deferred is no such one, or there are pauses. */
    long reachedByEveryCancel(int node) {
        for (ProgramOp op : ops) {
            if (!isPaused(node) && (op.is(What.RUN_LOCKED, node) || op.is(What.RUN_WITH_TOKEN, node))) {
                return 1L << op.first();
            }
        }
        return 0;
    }
}
