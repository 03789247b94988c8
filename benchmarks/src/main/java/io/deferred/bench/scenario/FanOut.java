// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.scenario;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import io.deferred.Deferred;
import io.deferred.DeferredList;
import io.deferred.Outcome;
import io.deferred.bench.Scenario;
import io.smallrye.mutiny.Uni;
import io.trane.future.FuturePool;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * SIZE tasks go to a pool of two threads, and one of a hundred fails. The caller waits until all have ended, and adds up the values and the failures; each library does it in its own way.
 */
public class FanOut extends Scenario {
    private static final Duration LONG = Duration.ofMinutes(1);

    @SuppressWarnings("StaticAssignmentOfThrowable") // to make one is not what is measured
    private static final RuntimeException ERROR = new IllegalStateException("a task that fails");

    /** What a failure is turned into where a library has no other way to gather all outcomes. */
    private static final Integer FAILED = -1;

    private static final Totals EXPECTED = IntStream.range(0, SIZE)
            .mapToObj(FanOut::outcomeOf)
            .collect(Totals::new, Totals::add, (one, other) -> {
                throw new UnsupportedOperationException("it is not parallel");
            });

    private final ExecutorService pool = Executors.newFixedThreadPool(2);
    private final FuturePool futurePool = FuturePool.apply(pool);
    private final Scheduler scheduler = Schedulers.fromExecutor(pool);

    /** The values' sum, and how many failures there were. */
    private static final class Totals {
        private long sum;
        private int failures;

        void add(Integer value) {
            if (value == null || value.equals(FAILED)) {
                failures++;
            } else {
                sum += value;
            }
        }

        /** The constant, if this is the same. */
        Object checked() {
            return sum == EXPECTED.sum && failures == EXPECTED.failures ? EXPECTED : this;
        }

        @Override
        public String toString() {
            return "sum " + sum + ", " + failures + " failures";
        }
    }

    private static Integer outcomeOf(int index) {
        return index % 100 == 50 ? FAILED : (Integer) (index % 100);
    }

    /** The task. The values are small enough for the JDK to have objects of them. */
    private static Integer task(int index) {
        Integer outcome = outcomeOf(index);
        if (outcome.equals(FAILED)) {
            throw ERROR;
        }
        return outcome;
    }

    @Override
    public Object expected() {
        return EXPECTED;
    }

    @Override
    public void close() {
        pool.shutdown();
    }

    @Benchmark
    public Object deferred() throws Exception {
        List<Deferred<Integer>> members = new ArrayList<>(SIZE);
        for (int i = 0; i < SIZE; i++) {
            int index = i;
            members.add(Deferred.deferToThread(pool, () -> task(index)));
        }
        Totals totals = new Totals();
        for (Outcome<Integer> outcome :
                DeferredList.all(members, DeferredList.Option.CONSUME_ERRORS).get(LONG)) {
            totals.add(outcome.isSuccess() ? outcome.unwrap() : FAILED);
        }
        return totals.checked();
    }

    @Benchmark
    public Object completableFuture() throws Exception {
        List<CompletableFuture<Integer>> members = new ArrayList<>(SIZE);
        for (int i = 0; i < SIZE; i++) {
            int index = i;
            members.add(CompletableFuture.supplyAsync(() -> task(index), pool)
                    .handle((value, error) -> error == null ? value : FAILED));
        }
        CompletableFuture.allOf(members.toArray(CompletableFuture[]::new)).get(LONG.toSeconds(), TimeUnit.SECONDS);
        Totals totals = new Totals();
        members.forEach(member -> totals.add(member.join()));
        return totals.checked();
    }

    @Benchmark
    public Object trane() throws Exception {
        List<io.trane.future.Future<Integer>> members = new ArrayList<>(SIZE);
        for (int i = 0; i < SIZE; i++) {
            int index = i;
            members.add(futurePool.async(() -> task(index)).rescue(error -> io.trane.future.Future.value(FAILED)));
        }
        Totals totals = new Totals();
        io.trane.future.Future.collect(members).get(LONG).forEach(totals::add);
        return totals.checked();
    }

    @Benchmark
    public Object guava() throws Exception {
        List<ListenableFuture<Integer>> members = new ArrayList<>(SIZE);
        for (int i = 0; i < SIZE; i++) {
            int index = i;
            members.add(Futures.submit((Callable<Integer>) () -> task(index), pool));
        }
        Totals totals = new Totals();
        Futures.successfulAsList(members)
                .get(LONG.toSeconds(), TimeUnit.SECONDS)
                .forEach(totals::add);
        return totals.checked();
    }

    @Benchmark
    public Object vertx() throws Exception {
        List<io.vertx.core.Future<Integer>> members = new ArrayList<>(SIZE);
        for (int i = 0; i < SIZE; i++) {
            int index = i;
            Promise<Integer> promise = Promise.promise();
            pool.execute(() -> {
                try {
                    promise.complete(task(index));
                } catch (RuntimeException e) {
                    promise.fail(e);
                }
            });
            members.add(promise.future());
        }
        io.vertx.core.Future.join(members)
                .otherwiseEmpty()
                .toCompletionStage()
                .toCompletableFuture()
                .get(LONG.toSeconds(), TimeUnit.SECONDS);
        Totals totals = new Totals();
        members.forEach(member -> totals.add(member.result()));
        return totals.checked();
    }

    @Benchmark
    public Object mutiny() {
        List<Uni<Integer>> members = new ArrayList<>(SIZE);
        for (int i = 0; i < SIZE; i++) {
            int index = i;
            members.add(Uni.createFrom()
                    .item(() -> task(index))
                    .runSubscriptionOn(pool)
                    .onFailure()
                    .recoverWithItem(FAILED));
        }
        Totals totals = new Totals();
        Uni.join().all(members).andFailFast().await().atMost(LONG).forEach(totals::add);
        return totals.checked();
    }

    @Benchmark
    public Object reactor() {
        Totals totals = new Totals();
        Flux.range(0, SIZE)
                .flatMap(
                        index -> Mono.fromCallable(() -> task(index))
                                .subscribeOn(scheduler)
                                .onErrorReturn(FAILED),
                        SIZE)
                .toIterable()
                .forEach(totals::add);
        return totals.checked();
    }
}
