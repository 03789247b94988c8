// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClasspathRoots;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedMethod;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.DiscoveryIssue;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.testkit.engine.EngineDiscoveryResults;
import org.junit.platform.testkit.engine.EngineTestKit;

class SelectionTest {
    private static final String ID = "[engine:deferred-testkit]/[class:" + Selected.class.getName() + "]";
    private static final String[] ALL = {
        "fifth()", "fourth()", "second(TestInfo)", "sixth()", "the first one", "third()"
    };

    private static List<String> found(DiscoverySelector... selectors) {
        return found(Results.kit(List.of(selectors)));
    }

    private static List<String> found(EngineTestKit.Builder kit) {
        EngineDiscoveryResults results = kit.discover();
        assertThat(results.getDiscoveryIssues()).isEmpty();
        return results.getEngineDescriptor().getDescendants().stream()
                .filter(TestDescriptor::isTest)
                .map(TestDescriptor::getDisplayName)
                .sorted()
                .toList();
    }

    @Test
    void aClassHasItsTestsAndThoseOfItsNestedClasses() {
        assertThat(found(selectClass(Selected.class))).containsExactly(ALL);
    }

    @Test
    void aNestedClassIsFoundAlone() {
        assertThat(found(selectClass(Selected.Deep.class))).containsExactly("fifth()", "fourth()");
        assertThat(found(selectNestedClass(List.of(Selected.class), Selected.Deep.class)))
                .containsExactly("fifth()", "fourth()");
    }

    @Test
    void aMethodIsFoundAlone() {
        assertThat(found(selectMethod(Selected.class, "first"))).containsExactly("the first one");
        assertThat(found(selectMethod(Selected.class.getName() + "#second(org.junit.jupiter.api.TestInfo)")))
                .containsExactly("second(TestInfo)");
        assertThat(found(selectNestedMethod(List.of(Selected.class), Selected.Deep.class, "fifth")))
                .containsExactly("fifth()");
        assertThat(found(selectMethod(Selected.Deep.class, "fifth"))).containsExactly("fifth()");
    }

    @Test
    void aUniqueIdIsFoundAgain() {
        assertThat(found(selectUniqueId(ID))).containsExactly(ALL);
        assertThat(found(selectUniqueId(ID + "/[nested-class:Deep]"))).containsExactly("fifth()", "fourth()");
        assertThat(found(selectUniqueId(ID + "/[nested-class:Deep]/[method:fifth()]")))
                .containsExactly("fifth()");
        assertThat(found(selectUniqueId(ID + "/[method:second(org.junit.jupiter.api.TestInfo)]")))
                .containsExactly("second(TestInfo)");
    }

    @Test
    void packagesAndRootsAreSearched() throws Exception {
        Path root = Path.of(Selected.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        ClassNameFilter one = ClassNameFilter.includeClassNamePatterns(".*\\.Selected");

        assertThat(found(Results.kit(List.of(selectPackage(Selected.class.getPackageName())))
                        .filters(one)))
                .containsExactly(ALL);
        assertThat(found(Results.kit(List.copyOf(selectClasspathRoots(Set.of(root))))
                        .filters(one)))
                .containsExactly(ALL);
    }

    @Test
    void aFilterByNamesIsHeededOfAClassThatIsNamed() {
        assertThat(found(Results.kit(List.of(selectClass(Selected.class)))
                        .filters(ClassNameFilter.excludeClassNamePatterns(".*\\.Selected"))))
                .isEmpty();
    }

    @Test
    void aTestOfJupiterIsLeftToIt() {
        assertThat(found(selectMethod(Selected.class, "jupiters"))).isEmpty();
        assertThat(found(selectClass(SelectionTest.class))).isEmpty();
    }

    @Test
    void tagsOfMethodsAndClassesAreHeeded() {
        DiscoverySelector all = selectClass(Selected.class);

        assertThat(found(Results.kit(List.of(all)).filters(TagFilter.includeTags("quick"))))
                .containsExactly("fourth()", "second(TestInfo)");
        assertThat(found(Results.kit(List.of(all)).filters(TagFilter.includeTags("all & !quick"))))
                .containsExactly("fifth()", "sixth()", "the first one", "third()");
    }

    @Test
    void whatIsDisabledIsSkippedWithItsReason() {
        Results results = Results.of(Selected.class);

        assertThat(results.failed()).describedAs("%s", results.ended()).isEmpty();
        assertThat(results.skipped())
                .hasSize(2)
                .containsEntry("third", "not yet")
                .containsEntry("Off", Selected.Off.class + " is @Disabled");
    }

    @Test
    void anExtensionThatIsNotRunIsWarnedOf() {
        EngineDiscoveryResults results =
                Results.kit(List.of(selectClass(Selected.Extended.class))).discover();

        assertThat(results.getDiscoveryIssues())
                .singleElement()
                .satisfies(issue -> assertThat(issue.severity()).isEqualTo(DiscoveryIssue.Severity.WARNING))
                .extracting(DiscoveryIssue::message)
                .asString()
                .contains("EnabledOnOsCondition")
                .contains("runAllTheSame()");
    }
}
