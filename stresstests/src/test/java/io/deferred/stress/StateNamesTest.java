// SPDX-License-Identifier: Apache-2.0
package io.deferred.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.openjdk.jcstress.infra.runners.TestList;

/** The states of the machine have the same names wherever they are named. */
class StateNamesTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern IN_CODE =
            Pattern.compile("^     \\* ([A-Z][a-z]+(?: [a-z]+)?) {2,}\\S", Pattern.MULTILINE);
    private static final Pattern IN_TABLE = Pattern.compile("^\\| ([A-Z][a-z]+(?: [a-z]+)?) \\|", Pattern.MULTILINE);
    private static final Pattern IN_ARROWS =
            Pattern.compile("^\\| ([^|]+) \\| ([^|]+) \\| [^|]+ \\| [^|]+ \\|$", Pattern.MULTILINE);

    private final String code =
            section("core/src/main/java/io/deferred/Pipeline.java", "     * State\n", "     * Invariants");
    private final String page = "docs/internals/concurrency.md";

    @Test
    void theCodeAndThePageNameTheSameStates() {
        assertThat(found(IN_CODE, code)).hasSize(8);
        assertThat(found(IN_TABLE, section(page, "## The states", "## The transitions")))
                .isEqualTo(found(IN_CODE, code));
    }

    @Test
    void thePageHasArrowsOnlyBetweenThose() {
        String arrows = section(page, "## The transitions", "## Which thread");
        Set<String> named = IN_ARROWS
                .matcher(arrows)
                .results()
                .skip(1) // the head of the table
                .flatMap(row -> (row.group(1) + ", " + row.group(2)).lines().flatMap(l -> Arrays.stream(l.split(", "))))
                .filter(name -> !name.equals("any") && !name.startsWith("---"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(named).isEqualTo(found(IN_CODE, code));
    }

    @Test
    void everyRaceNamesTheStatesThatItsThreadsMeetIn() {
        assertThat(races()).isNotEmpty().allSatisfy(race -> {
            Exercises exercises = race.getAnnotation(Exercises.class);
            assertThat(exercises).as(race.getName()).isNotNull();
            assertThat(exercises.value()).as(race.getName()).isNotEmpty().doesNotHaveDuplicates();
        });
    }

    @Test
    void theRacesExerciseAllStatesAndNoOthers() {
        Set<String> exercised = races().stream()
                .flatMap(race ->
                        Arrays.stream(Objects.requireNonNull(race.getAnnotation(Exercises.class), race.getName())
                                .value()))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(exercised).isEqualTo(found(IN_CODE, code));
    }

    private static Set<Class<?>> races() {
        return TestList.tests().stream().map(StateNamesTest::raceOf).collect(Collectors.toSet());
    }

    private static Class<?> raceOf(String state) {
        try {
            return Class.forName(state.substring(0, state.lastIndexOf('.')));
        } catch (ClassNotFoundException e) {
            throw new AssertionError("not the state of a race: " + state, e);
        }
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult result) -> result.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String section(String file, String from, String to) {
        String text;
        try {
            text = Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new AssertionError("the test runs in the module's directory, from where it reads " + file, e);
        }
        int begin = text.indexOf(from);
        int end = text.indexOf(to, begin);
        assertThat(begin).as("'%s' in %s", from, file).isNotNegative();
        assertThat(end).as("'%s' in %s", to, file).isNotNegative();
        return text.substring(begin + from.length(), end);
    }
}
