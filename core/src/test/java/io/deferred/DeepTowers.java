// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import static io.deferred.DeepChecks.check;
import static io.deferred.DeepChecks.failure;
import static io.deferred.DeepChecks.value;
import static io.deferred.DeepPrograms.DEPTH;

import io.deferred.DeepPrograms.Program;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** What {@link DeepPrograms} has of Deferreds each of which waits for the next, or is chained to it. */
final class DeepTowers {
    private DeepTowers() {}

    static Map<String, Program> deep() {
        Map<String, Program> all = new LinkedHashMap<>();
        for (With with : With.values()) {
            String suffix = with.suffix;
            all.put("towerFiredFromTheOutermost" + suffix, () -> tower(with, true, false));
            all.put("towerFiredFromTheInnermost" + suffix, () -> tower(with, false, false));
            all.put("towerOnAFiredOneFiredFromTheOutermost" + suffix, () -> towerOnFired(with, true));
            all.put("towerOnAFiredOneFiredFromTheInnermost" + suffix, () -> towerOnFired(with, false));
            all.put("failureDownATowerFiredFromTheOutermost" + suffix, () -> tower(with, true, true));
            all.put("failureDownATowerFiredFromTheInnermost" + suffix, () -> tower(with, false, true));
            all.put("cancelThroughATowerFiredFromTheOutermost" + suffix, () -> cancel(with, true, 0));
            all.put("cancelThroughATowerFiredFromTheInnermost" + suffix, () -> cancel(with, false, 0));
            all.put("cancelFromTheMiddleOfATower" + suffix, () -> cancel(with, true, DEPTH / 2));
            all.put("chainDeferredFiredAtTheHead" + suffix, () -> chain(with, false, false));
            all.put("chainDeferredFailedAtTheHead" + suffix, () -> chain(with, false, true));
            all.put("chainDeferredOnOneThatHasItsResult" + suffix, () -> chain(with, true, false));
            all.put("pauseInTheMiddleOfATower" + suffix, () -> pauseInTheMiddle(with));
        }
        all.put("towerPausedThroughoutAndUnpausedFromTheInnermost", () -> pausedThroughout(false));
        all.put("towerPausedThroughoutAndUnpausedFromTheOutermost", () -> pausedThroughout(true));
        all.put("circleOfAMillion", DeepTowers::circle);
        return all;
    }

    /** What the Deferreds in the middle have besides the wait. With nothing they may be left out, otherwise not. */
    private enum With {
        NOTHING(""),
        CALLBACKS("WithCallbacksOnEach");

        final String suffix;

        With(String suffix) {
            this.suffix = suffix;
        }
    }

    /** Deferreds each of which waits for the next when fired, the last excepted, and the number of further callbacks that have run on them. */
    private static final class Tower {
        final List<Deferred<Integer>> all = new ArrayList<>(DEPTH + 1);
        final With with;
        int ran;
        int failed;

        Tower(With with, Deferred<Integer> last) {
            this.with = with;
            for (int i = 0; i < DEPTH; i++) {
                int next = i + 1;
                Deferred<Integer> d = new Deferred<Integer>().chainCallback(ignored -> all.get(next));
                all.add(d);
                if (with == With.CALLBACKS) {
                    var unused = d.tapBoth(outcome -> count(outcome));
                }
            }
            all.add(last);
        }

        private void count(Outcome<Integer> outcome) {
            ran++;
            if (outcome instanceof Outcome.Failed<?>) {
                failed++;
            }
        }

        void fire(boolean fromTheOutermost) {
            for (int i = 0; i < DEPTH; i++) {
                all.get(fromTheOutermost ? i : DEPTH - 1 - i).callback(i);
            }
        }

        /** All but the first have given their result away. */
        void checkEnd(Class<? extends Throwable> failure) {
            if (failure == null) {
                check(7, value(all.get(0)));
            } else {
                check(failure, failure(all.get(0)).getClass());
            }
            check(null, value(all.get(1)));
            check(null, value(all.get(DEPTH / 2)));
            check(null, value(all.get(DEPTH)));
            check(with == With.CALLBACKS ? DEPTH : 0, ran);
            check(with == With.CALLBACKS && failure != null ? DEPTH : 0, failed);
        }
    }

    private static void tower(With with, boolean fromTheOutermost, boolean failing) {
        Tower tower = new Tower(with, new Deferred<>());
        tower.fire(fromTheOutermost);
        if (failing) {
            tower.all.get(DEPTH).errback(new IllegalArgumentException("down"));
        } else {
            tower.all.get(DEPTH).callback(7);
        }
        tower.checkEnd(failing ? IllegalArgumentException.class : null);
    }

    private static void towerOnFired(With with, boolean fromTheOutermost) {
        Tower tower = new Tower(with, Deferred.succeed(7));
        tower.fire(fromTheOutermost);
        tower.checkEnd(null);
    }

    private static void cancel(With with, boolean fromTheOutermost, int at) {
        int[] ran = new int[1];
        Tower tower = new Tower(with, new Deferred<Integer>(self -> ran[0]++));
        tower.fire(fromTheOutermost);
        check(Cancellation.PASSED_ON, tower.all.get(at).cancel());
        check(1, ran[0]);
        tower.checkEnd(CancelledException.class);
    }

    private static void pauseInTheMiddle(With with) {
        Tower tower = new Tower(with, new Deferred<>());
        tower.fire(true);
        Deferred<Integer> middle = tower.all.get(DEPTH / 2);
        middle.pause();
        tower.all.get(DEPTH).callback(7);
        check(true, tower.all.get(0).outcome().isEmpty());
        middle.unpause();
        tower.checkEnd(null);
    }

    private static void pausedThroughout(boolean fromTheOutermost) {
        Tower tower = new Tower(With.CALLBACKS, new Deferred<>());
        tower.fire(true);
        tower.all.forEach(Deferred::pause);
        tower.all.get(DEPTH).callback(7);
        check(0, tower.ran);
        for (int i = 0; i <= DEPTH; i++) {
            tower.all.get(fromTheOutermost ? i : DEPTH - i).unpause();
        }
        tower.checkEnd(null);
    }

    private static void chain(With with, boolean headHasFired, boolean failing) {
        int[] ran = new int[2];
        List<Deferred<Integer>> all = new ArrayList<>(DEPTH + 1);
        for (int i = 0; i <= DEPTH; i++) {
            all.add(new Deferred<>());
        }
        if (headHasFired) {
            all.get(0).callback(7);
        }
        // From the end, so that all of them run in one go.
        for (int i = DEPTH - 1; i >= 0; i--) {
            Deferred<Integer> d = all.get(i);
            if (with == With.CALLBACKS) {
                var unused = d.tapBoth(ignored -> ran[0]++)
                        .chainDeferred(all.get(i + 1))
                        .tapBoth(ignored -> ran[1]++);
            } else {
                var unused = d.chainDeferred(all.get(i + 1));
            }
        }
        if (!headHasFired) {
            if (failing) {
                all.get(0).errback(new IllegalArgumentException("along"));
            } else {
                all.get(0).callback(7);
            }
        }
        if (failing) {
            check(IllegalArgumentException.class, failure(all.get(DEPTH)).getClass());
        } else {
            check(7, value(all.get(DEPTH)));
        }
        check(null, value(all.get(0)));
        check(null, value(all.get(DEPTH - 1)));
        check(with == With.CALLBACKS ? DEPTH : 0, ran[0]);
        check(with == With.CALLBACKS ? DEPTH : 0, ran[1]);
    }

    private static void circle() {
        AtomicReference<Deferred<Integer>> first = new AtomicReference<>();
        Tower tower = new Tower(With.CALLBACKS, new Deferred<Integer>().chainCallback(ignored -> first.get()));
        first.set(tower.all.get(0));
        tower.fire(true);
        tower.all.get(DEPTH).callback(0);
        check(IllegalStateException.class, failure(tower.all.get(0)).getClass());
    }
}
