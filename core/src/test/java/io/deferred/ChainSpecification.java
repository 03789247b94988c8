// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@link ChainLincheckTest} takes its Deferred for. */
public class ChainSpecification {
    private final List<String> steps = new ArrayList<>();
    private boolean waitsForLast;
    private @Nullable String result;

    public void fire(int value) {
        waitsForLast = true;
    }

    public void cancel() {
        if (result == null) {
            result = "!cancelled";
            goOn();
        }
    }

    public void addBoth(int step) {
        steps.add("b" + step);
        goOn();
    }

    private void goOn() {
        if (result != null) {
            for (String step : steps) {
                result = result.replace('!', '?') + step;
            }
            steps.clear();
        }
    }

    public String outcome() {
        if (result != null) {
            return result;
        }
        return waitsForLast ? "waits for the last" : "waits for the first";
    }
}
