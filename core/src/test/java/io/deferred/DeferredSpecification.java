// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What the Lincheck tests take a Deferred for: a list of steps, and the result in the form of {@link Marks}. */
public class DeferredSpecification {
    private final List<UnaryOperator<String>> steps = new ArrayList<>();
    private @Nullable String result;
    private boolean swallowsOne;
    private int pauses;

    public void callback(int value) {
        fire("" + value);
    }

    public void errback(int error) {
        fire("!" + error);
    }

    public boolean cancel() {
        if (result != null) {
            return false;
        }
        fire("!cancelled");
        swallowsOne = true;
        return true;
    }

    private void fire(String with) {
        if (result == null) {
            result = with;
            goOn();
        } else if (swallowsOne) {
            swallowsOne = false;
        } else {
            throw new AlreadyCalledException("fired before");
        }
    }

    public void addCallback(int step) {
        add(before -> isFailure(before) ? before : before + "c" + step);
    }

    public void addErrback(int step) {
        add(before -> isFailure(before) ? before.substring(1) + "e" + step : before);
    }

    public void addBoth(int step) {
        add(before -> before.replace('!', '?') + "b" + step);
    }

    private void add(UnaryOperator<String> step) {
        steps.add(step);
        goOn();
    }

    public void pause() {
        pauses++;
    }

    public void unpause() {
        if (pauses == 0) {
            throw new IllegalStateException("not paused");
        }
        pauses--;
        goOn();
    }

    private void goOn() {
        if (result != null && pauses == 0) {
            for (UnaryOperator<String> step : steps) {
                result = step.apply(result);
            }
            steps.clear();
        }
    }

    private static boolean isFailure(String outcome) {
        return outcome.startsWith("!");
    }

    public boolean called() {
        return result != null;
    }

    public String outcome() {
        return result == null ? "unfired" : pauses > 0 ? "held" : result;
    }
}
