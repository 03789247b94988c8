// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Takes the reports of unhandled failures while random programs run, and sees that each failure that is left has one. */
final class ProgramReports implements Consumer<UnhandledFailure> {
    private static final String CANCELLER = "the canceller of ";

    private static final Duration LATEST = Duration.ofSeconds(5);

    private final Map<String, List<UnhandledFailure>> byPlace = new HashMap<>(); // guarded by this

    @Override
    public synchronized void accept(UnhandledFailure report) {
        byPlace.computeIfAbsent(placeOf(report), place -> new ArrayList<>(2)).add(report);
    }

    /** The Deferred without its label, which may come late. */
    private static String placeOf(UnhandledFailure report) {
        String where = report.where();
        int start = where.startsWith(CANCELLER) ? CANCELLER.length() : 0;
        int end = start;
        while (end < where.length() && " ,".indexOf(where.charAt(end)) < 0) {
            end++;
        }
        return where.substring(start, end);
    }

    /** Forgets what was reported of programs that are over. */
    synchronized void clear() {
        byPlace.clear();
    }

    /** When all is over: what is left has been reported once, and nothing twice. The thread of a body reports a moment after it has fired. */
    void check(List<ProgramNode> nodes, boolean hasBodies) {
        UnhandledFailures.reportNow();
        long begun = System.nanoTime();
        while (hasBodies && !hasAll(nodes) && System.nanoTime() - begun < LATEST.toNanos()) {
            Thread.onSpinWait();
            UnhandledFailures.reportNow();
        }
        synchronized (this) {
            for (ProgramNode node : nodes) {
                if (node.deferred() != null) {
                    check(node);
                }
            }
        }
    }

    private synchronized boolean hasAll(List<ProgramNode> nodes) {
        return nodes.stream()
                .filter(node -> node.deferred() != null && node.result() instanceof Failure)
                .allMatch(node -> of(node).stream().anyMatch(report -> report.failure() == node.result()));
    }

    private List<UnhandledFailure> of(ProgramNode node) {
        String place = "Deferred@" + Integer.toHexString(System.identityHashCode(node.deferred()));
        return byPlace.getOrDefault(place, List.of());
    }

    private void check(ProgramNode node) {
        List<UnhandledFailure> reports = of(node);
        for (int i = 0; i < reports.size(); i++) {
            Failure failure = reports.get(i).failure();
            for (int j = 0; j < i; j++) {
                ProgramRun.expect(reports.get(j).failure() != failure, failure, "was reported twice of " + node);
            }
        }
        if (node.result() instanceof Failure left) {
            ProgramRun.expect(
                    reports.stream().anyMatch(report -> report.failure() == left), left, "was not reported of " + node);
        }
        checkCanceller(node, reports);
    }

    /** What a canceller has thrown goes with the cancel, or, if that came to nothing, is reported. */
    private static void checkCanceller(ProgramNode node, List<UnhandledFailure> reports) {
        ProgramError thrown = node.thrownByCanceller();
        Object first = node.ran().isEmpty() ? node.result() : node.ran().get(0).input();
        if (thrown == null || !(first instanceof ProgramValue)) {
            return; // it fired nothing, or it is not known whether it did
        }
        ProgramRun.expect(
                reports.stream().anyMatch(report -> report.failure().exception() == thrown),
                thrown,
                "was thrown by the canceller of " + node + ", and is lost");
    }
}
