// SPDX-License-Identifier: Apache-2.0
package io.deferred.debugging;

import static io.deferred.debugging.DebugMode.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deferred.AbandonedException;
import io.deferred.AlreadyCalledException;
import io.deferred.Cancellation;
import io.deferred.Debugging;
import io.deferred.Deferred;
import io.deferred.Failure;
import io.deferred.Outcome;
import io.deferred.Pair;
import io.deferred.WriteSide;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A Deferred in two parts. */
class PairTest {
    @RegisterExtension
    final DebugMode debug = new DebugMode();

    @Test
    void theWriteSideFiresTheReadSide() {
        Pair<String> value = Deferred.pair();
        assertThat(value.writeSide().called()).isFalse();
        assertThat(value.writeSide()).hasToString("WriteSide of " + value.readSide());
        value.writeSide().callback("v");
        assertThat(value.readSide().outcome()).contains(new Outcome.Success<>("v"));
        assertThat(value.writeSide().called()).isTrue();
        Failure failure = new Failure(new IOException("disk"));
        Pair<String> failed = Deferred.pair();
        failed.writeSide().errback(failure);
        assertThat(failed.readSide().outcome()).contains(new Outcome.Failed<>(failure));
        failed.readSide().handle(f -> {});
        Pair<String> thrown = Deferred.pair();
        thrown.writeSide().errback(failure.exception());
        assertThat(thrown.readSide().called()).isTrue();
        assertThat(thrown.readSide().outcome())
                .get()
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        f -> assertThat(f.failure().exception()).isSameAs(failure.exception()));
        thrown.readSide().handle(f -> {});
        assertThat(debug.reports()).isEmpty();
    }

    @Test
    void firingTwiceIsRefused() {
        Pair<String> pair = Deferred.pair();
        pair.writeSide().callback("v");
        assertThatThrownBy(() -> pair.writeSide().callback("w")).isInstanceOf(AlreadyCalledException.class);
    }

    @Test
    void afterACancelWhatComesLateIsTaken() {
        Pair<String> pair = Deferred.pair();
        assertThat(pair.readSide().cancel()).isEqualTo(Cancellation.FAILED);
        assertThat(pair.writeSide().called()).isTrue();
        pair.writeSide().callback("late");
        pair.readSide().handle(f -> {});
    }

    @Test
    void aDroppedWriteSideFailsThoseWhoWait() throws InterruptedException {
        CountDownLatch failed = new CountDownLatch(1);
        AtomicReference<String> told = new AtomicReference<>("");
        String made = line(1);
        List<Pair<String>> held = new ArrayList<>(List.of(Deferred.<String>pair()));
        Deferred<String> reader = held.get(0).readSide();
        reader.named("answer").handle(f -> {
            assertThat(f.exception()).isInstanceOf(AbandonedException.class);
            told.set(f.exception().getMessage() + " " + Thread.currentThread().getName());
            failed.countDown();
        });
        held.clear();
        while (failed.getCount() > 0) {
            System.gc();
        }
        failed.await();
        assertThat(told.get())
                .contains(
                        "'answer' made at ",
                        made,
                        " will never fire: its write side was dropped",
                        " deferred-abandoned");
    }

    private static Deferred<String> readSideOf(Pair<String> pair) {
        return pair.readSide();
    }

    @Test
    void whereNoStoryIsKeptTheMessageSaysHowToHaveOne() throws InterruptedException {
        Debugging.off();
        AtomicReference<String> told = new AtomicReference<>("");
        Deferred<String> reader = readSideOf(Deferred.pair());
        reader.handle(f -> told.set(f.exception().getMessage()));
        while (told.get().isEmpty()) {
            System.gc();
        }
        assertThat(told.get()).contains("-Dio.deferred.debug=full");
    }

    @Test
    void oneThatHasFiredIsLetGoWithoutAWord() {
        Pair<String> pair = Deferred.pair();
        pair.writeSide().callback("v");
        WeakReference<Object> writeSide = new WeakReference<>(pair.writeSide());
        Deferred<String> reader = pair.readSide();
        pair = null;
        while (writeSide.get() != null) {
            System.gc();
        }
        assertThat(reader.outcome()).contains(new Outcome.Success<>("v"));
    }

    @Test
    void aReadSideThatIsDroppedDisturbsNobody() {
        WriteSide<String> writeSide = Deferred.<String>pair().writeSide();
        writeSide.callback("nobody reads it");
        assertThat(writeSide.called()).isTrue();
        assertThat(debug.reports()).isEmpty();
    }

    @Test
    void bothSidesAreNeeded() {
        assertThatThrownBy(() -> new Pair<>(null, new Deferred<>())).isInstanceOf(NullPointerException.class);
    }
}
