// SPDX-License-Identifier: Apache-2.0
package outside;

import io.deferred.Deferred;
import io.deferred.Scheduler;
import io.deferred.UnhandledFailures;
import java.time.Duration;
import java.util.List;

/** A program of a user, started by {@link io.deferred.ModuleTest} on a JVM that has nothing but {@code java.base}. */
public final class PlainProgram {
    private PlainProgram() {}

    /** Uses a little of everything, prints what modules there are, and leaves one failure for the end. */
    public static void main(String[] args) throws Exception {
        Deferred<Void> sleep = Deferred.deferLater(Scheduler.system(), Duration.ofMillis(1));
        Deferred<List<String>> all = Deferred.gatherResults(sleep.addCallback(v -> "slept"), Deferred.succeed("soon"));
        System.out.println(all.get(Duration.ofMinutes(1)));
        System.out.println(Deferred.class.getModule());
        System.out.println(ModuleLayer.boot().modules().stream()
                .map(Module::getName)
                .sorted()
                .toList());
        UnhandledFailures.setGracePeriod(Duration.ofDays(1), Scheduler.system());
        Deferred<String> forgotten = new Deferred<String>().named("forgotten");
        forgotten.errback(new IllegalStateException("left to the end"));
    }
}
