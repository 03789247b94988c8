// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench.scenario;

import io.deferred.Callback;
import io.deferred.bench.Functions;
import io.deferred.bench.Step;
import java.util.function.Function;
import org.jdeferred2.DoneFilter;
import scala.Function1;

/** The function of each library that goes on to the next step, eight times. {@link #FUNCTIONS} is for all those that take the JDK's. */
final class NextSteps {
    static final Functions<Callback<Step, Step>> CALLBACKS = Functions.of(
            s -> s.next(),
            s -> s.next(),
            s -> s.next(),
            s -> s.next(),
            s -> s.next(),
            s -> s.next(),
            s -> s.next(),
            s -> s.next());
    static final Functions<Function<Step, Step>> FUNCTIONS = Functions.of(
            s -> s.next(),
            s -> s.next(),
            s -> s.next(),
            s -> s.next(),
            s -> s.next(),
            s -> s.next(),
            s -> s.next(),
            s -> s.next());
    static final Functions<com.stumbleupon.async.Callback<Step, Step>> ASYNC = Functions.of(
            s -> s.next(),
            s -> s.next(),
            s -> s.next(),
            s -> s.next(),
            s -> s.next(),
            s -> s.next(),
            s -> s.next(),
            s -> s.next());
    static final Functions<com.google.common.base.Function<Step, Step>> GUAVA = Functions.of(
            s -> s.next(),
            s -> s.next(),
            s -> s.next(),
            s -> s.next(),
            s -> s.next(),
            s -> s.next(),
            s -> s.next(),
            s -> s.next());
    static final Functions<Function1<Step, Step>> SCALA = Functions.of(
            s -> s.next(),
            s -> s.next(),
            s -> s.next(),
            s -> s.next(),
            s -> s.next(),
            s -> s.next(),
            s -> s.next(),
            s -> s.next());
    static final Functions<io.reactivex.rxjava3.functions.Function<Step, Step>> RX = Functions.of(
            s -> s.next(),
            s -> s.next(),
            s -> s.next(),
            s -> s.next(),
            s -> s.next(),
            s -> s.next(),
            s -> s.next(),
            s -> s.next());
    static final Functions<DoneFilter<Step, Step>> JDEFERRED = Functions.of(
            s -> s.next(),
            s -> s.next(),
            s -> s.next(),
            s -> s.next(),
            s -> s.next(),
            s -> s.next(),
            s -> s.next(),
            s -> s.next());

    private NextSteps() {}
}
