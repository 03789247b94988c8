// SPDX-License-Identifier: Apache-2.0
package io.deferred.debugging;

import static org.assertj.core.api.Assertions.assertThat;

import io.deferred.Deferred;
import io.deferred.UnhandledFailures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a flight recorder sees, with the settings of the guide. */
class FlightTest {
    @RegisterExtension
    final DebugMode debug = new DebugMode();

    @TempDir
    Path folder;

    private List<RecordedEvent> record(Consumer<Recording> settings, Runnable program) throws Exception {
        Path file = folder.resolve("recording.jfr");
        try (Recording recording = new Recording()) {
            settings.accept(recording);
            recording.start();
            program.run();
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file).stream()
                .filter(e -> e.getEventType().getName().startsWith("io.deferred."))
                .toList();
    }

    private static RecordedEvent only(List<RecordedEvent> events, String name, String label) {
        return events.stream()
                .filter(e -> e.getEventType().getName().equals("io.deferred." + name))
                .filter(e -> !e.hasField("label") || label.equals(e.getString("label")))
                .reduce((a, b) -> {
                    throw new AssertionError("more than one " + name);
                })
                .orElseThrow(() -> new AssertionError("no " + name + " of " + label));
    }

    private static void live() {
        Deferred<String> query = new Deferred<>();
        Deferred<String> page = new Deferred<String>().named("page");
        page.chainCallback(v -> query).handle(f -> {});
        page.callback("start");
        new Deferred<String>().named("between").callback("v");
        page.cancel();
        Deferred<String> lost = Deferred.fail(new IOException("disk"));
        UnhandledFailures.reportNow();
        lost.handle(f -> {});
    }

    @Test
    void theSettingsOfTheGuideSwitchAllEventsOn() throws Exception {
        Map<String, String> settings =
                new TreeMap<>(Configuration.create(Path.of("..", "docs", "guide", "dump", "deferred.jfc"))
                        .getSettings());
        settings.replace("io.deferred.SlowCallback#threshold", "1 ns");
        List<RecordedEvent> events = record(recording -> recording.setSettings(settings), FlightTest::live);
        assertThat(events)
                .extracting(e -> e.getEventType().getName())
                .contains("io.deferred.Created", "io.deferred.SlowCallback");
        RecordedEvent fired = only(events, "Fired", "page");
        assertThat(fired.getString("with")).isEqualTo("a java.lang.String");
        assertThat(fired.getString("made")).contains("FlightTest.live(FlightTest.java:");
        assertThat(fired.getString("deferred")).startsWith("Deferred@");
        assertThat(fired.getLong("age")).isNotNegative();
        RecordedEvent waited = only(events, "Waited", "page");
        assertThat(waited.getString("on")).contains("FlightTest.live(FlightTest.java:");
        assertThat(waited.getStartTime())
                .isBeforeOrEqualTo(only(events, "Fired", "between").getStartTime());
        assertThat(only(events, "Cancelled", "page").getString("how")).contains("it went to ");
        assertThat(only(events, "Unhandled", "").getString("exception")).isEqualTo("java.io.IOException");
        assertThat(events)
                .filteredOn(e -> e.getEventType().getName().equals("io.deferred.SlowCallback"))
                .anySatisfy(e -> {
                    assertThat(e.getString("callback")).startsWith("callback attached at ");
                    assertThat(e.getString("label")).isEqualTo("page");
                });
        assertThat(events)
                .filteredOn(e -> e.getEventType().getName().equals("io.deferred.Created"))
                .anySatisfy(e -> {
                    assertThat(e.getString("deferred")).isEqualTo(fired.getString("deferred"));
                    assertThat(e.getString("made")).isEqualTo(fired.getString("made"));
                });
        assertThat(settings.keySet()).filteredOn(k -> k.endsWith("#enabled")).hasSize(6);
    }

    @Test
    void withoutSettingsThereAreNone() throws Exception {
        assertThat(record(recording -> {}, FlightTest::live)).isEmpty();
    }
}
