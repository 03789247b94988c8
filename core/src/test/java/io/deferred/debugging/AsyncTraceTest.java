// SPDX-License-Identifier: Apache-2.0
package io.deferred.debugging;

import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.Debugging;
import io.deferred.Deferred;
import io.deferred.Failure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The way of a failure through many, in a report. */
class AsyncTraceTest {
    private static final Pattern NAMED = Pattern.compile("'no (\\d+)' made at ");

    @RegisterExtension
    final DebugMode debug = new DebugMode();

    /** Each has it from the one before it. */
    private String detailsOfAWayThrough(int many) {
        List<Deferred<String>> way = new ArrayList<>();
        way.add(Deferred.<String>fail(new IOException("disk")).named("no 0"));
        for (int i = 1; i < many; i++) {
            Deferred<String> before = way.get(i - 1);
            way.add(Deferred.succeed("v").chainCallback(v -> before).named("no " + i));
        }
        return onlyDetails();
    }

    private String onlyDetails() {
        assertThat(debug.reports()).hasSize(1);
        return debug.reports().get(0).details();
    }

    private static List<Integer> shownIn(String details) {
        return NAMED.matcher(details)
                .results()
                .map(found -> Integer.valueOf(found.group(1)))
                .toList();
    }

    /** Those whose stories are told, and not only named in that of another. */
    private static List<Integer> toldIn(String details) {
        return shownIn(String.join(
                "\n", details.lines().filter(l -> !l.startsWith("   ")).toList()));
    }

    @Test
    void tenStoriesAreAllTold() {
        String details = detailsOfAWayThrough(10);
        assertThat(toldIn(details)).isEqualTo(IntStream.range(0, 10).boxed().toList());
        assertThat(details).doesNotContain("left out");
    }

    @Test
    void aFailureToWhichAnotherIsAttachedKeepsItsStory() {
        List<Failure> both = new ArrayList<>();
        Deferred<@Nullable Void> handled = Deferred.<String>fail(new IOException("disk"))
                .named("no 0")
                .handle(f -> both.add(f.withAttached(new IOException("besides"))));
        Deferred<String> first = new Deferred<String>().named("no 1");
        first.errback(both.get(0));
        Deferred<String> second =
                Deferred.succeed("v").chainCallback(v -> first).named("no 2");
        assertThat(handled.called()).isTrue();
        assertThat(second.called()).isTrue();
        assertThat(toldIn(onlyDetails())).containsExactly(1, 2);
    }

    @Test
    void ofMoreTheFirstAndTheLastAreTold() {
        String details = detailsOfAWayThrough(13);
        assertThat(toldIn(details)).containsExactly(0, 1, 2, 3, 4, 8, 9, 10, 11, 12);
        assertThat(details.lines()).containsOnlyOnce("  ... 3 more, left out");
    }

    @Test
    void theOneThatHasAFailureOfUnknownOriginIsTold() {
        Debugging.off();
        Failure unknown = new Failure(new IOException("disk"));
        Debugging.full();
        Deferred<String> d = new Deferred<String>().named("no 1");
        d.errback(unknown);
        assertThat(toldIn(onlyDetails())).containsExactly(1);
        assertThat(onlyDetails()).doesNotContain("Async trace: ");
    }

    @Test
    void oneThatWasFiredWithAFailureOfAnotherGivesItOn() {
        Failure closed = new Failure(new IOException("disk"));
        Deferred<String> one = new Deferred<String>().named("no 1");
        one.handle(f -> {});
        one.errback(closed);
        Deferred<String> two = new Deferred<String>().named("no 2");
        two.errback(closed);
        Deferred<String> outer = Deferred.succeed("v").chainCallback(v -> two).named("no 3");
        assertThat(toldIn(onlyDetails())).containsExactly(2, 3);
        outer.handle(f -> {});
    }

    @Test
    void whereNoLineOfTheProgramIsKnownThatIsSaid() throws Exception {
        Exception bare = new Bare();
        Deferred<String> task = Deferred.deferToThread(r -> new Thread(r, "at work").start(), () -> {
            throw bare;
        });
        Failure[] failure = new Failure[1];
        task.addErrback(f -> {
                    failure[0] = f;
                    return "handled";
                })
                .get(Duration.ofMinutes(1));
        assertThat(failure[0].trace())
                .contains("Async trace: the failure was made at no line of the program, thread at work");
    }

    private static final class Bare extends Exception {
        private static final long serialVersionUID = 1L;

        Bare() {
            super("without a stack", null, false, false);
        }
    }

    @Test
    void nothingIsSaidToBeLeftOutOfAShortStory() {
        Deferred<String> d = new Deferred<String>().addCallback(v -> v);
        assertThat(Debugging.story(d)).doesNotContain("left out");
    }

    @Test
    void oneThatIsAwaitedSaysSo() throws Exception {
        Deferred<String> d = new Deferred<>();
        Deferred<String> body = Deferred.async(d::await);
        while (!Debugging.story(d).contains(" attached")) {
            Thread.onSpinWait();
        }
        d.callback("v");
        assertThat(body.get(Duration.ofMinutes(1))).isEqualTo("v");
        assertThat(Debugging.story(d)).contains("await attached at ");
    }

    @Test
    void aBodyThatFindsAFailureWhenItAwaitsHasItFromThere() {
        Deferred<String> failed = Deferred.<String>fail(new IOException("disk")).named("at once");
        Deferred<String> body = Deferred.async(failed::await);
        debug.waitForTheReport(body);
        assertThat(onlyDetails()).contains("'at once'", "which gave it to Deferred@");
    }

    @Test
    void aBodyThatHasWaitedForAFailureHasItFromThere() {
        Deferred<String> awaited = new Deferred<String>().named("later");
        Deferred<String> body = Deferred.async(awaited::await);
        while (!Debugging.story(awaited).contains(" attached")) {
            Thread.onSpinWait();
        }
        awaited.errback(new IOException("disk"));
        debug.waitForTheReport(body);
        assertThat(onlyDetails()).contains("'later'", "which gave it to Deferred@");
    }
}
