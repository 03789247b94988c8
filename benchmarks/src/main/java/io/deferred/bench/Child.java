// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench;

import java.util.List;

/** The JVM that measures one case. */
final class Child {
    private Child() {}

    /**
     * Measures and ends.
     *
     * @param args the file for the figures, the name of the scenario's class, the plan, and if there is anything more, the libraries to take
     */
    public static void main(String[] args) throws Exception {
        Class<? extends Scenario> scenario = Class.forName(args[1]).asSubclass(Scenario.class);
        Plan plan = args[2].equals("quick") ? Plan.QUICK : Plan.FULL;
        List<String> only = List.of(args).subList(3, args.length);
        List<Contender> contenders = Contender.of(scenario).stream()
                .filter(c -> only.isEmpty() || only.contains(c.library.name()))
                .toList();
        ChildJvm.answer(args, new Bursts(plan).measure(contenders));
        contenders.forEach(c -> c.scenario.close());
    }
}
