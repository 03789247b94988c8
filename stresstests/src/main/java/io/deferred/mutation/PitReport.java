// SPDX-License-Identifier: Apache-2.0
package io.deferred.mutation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Reads PIT's XML, and the source line of each mutant for its name. */
final class PitReport {
    private final Path sources;
    private final Map<Path, List<String>> files = new HashMap<>();
    private final Map<String, Integer> timesSeen = new HashMap<>();

    private PitReport(Path sources) {
        this.sources = sources;
    }

    /**
     * Returns all mutants of the report.
     *
     * @throws IOException if a file cannot be read, or is not what PIT writes
     */
    static List<Mutant> read(Path report, Path sources) throws IOException {
        NodeList nodes;
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            nodes = factory.newDocumentBuilder().parse(report.toFile()).getElementsByTagName("mutation");
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(report + " is not a report of PIT in XML", e);
        }
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        // Changes of one kind in one line are told apart by their number, so their order has to be the same each time.
        elements.sort(Comparator.comparing((Element e) -> text(e, "mutatedClass"))
                .thenComparing(e -> text(e, "mutatedMethod"))
                .thenComparing(e -> text(e, "methodDescription"))
                .thenComparingInt(e -> Integer.parseInt(text(e, "index"))));
        PitReport reading = new PitReport(sources);
        List<Mutant> mutants = new ArrayList<>();
        for (Element element : elements) {
            mutants.add(reading.mutant(element));
        }
        return mutants;
    }

    private Mutant mutant(Element element) throws IOException {
        String className = text(element, "mutatedClass");
        String simple = className.substring(className.lastIndexOf('.') + 1).replace('$', '.');
        Path file = sources.resolve(
                        className.substring(0, className.lastIndexOf('.') + 1).replace('.', '/'))
                .resolve(text(element, "sourceFile"));
        String line = line(file, Integer.parseInt(text(element, "lineNumber")));
        String name =
                simple + "." + text(element, "mutatedMethod") + " | " + line + " | " + text(element, "description");
        int seen = timesSeen.merge(name, 1, Integer::sum);
        return new Mutant(seen == 1 ? name : name + " | " + seen, Mutant.Fate.of(element.getAttribute("status")));
    }

    private String line(Path file, int number) throws IOException {
        List<String> lines = files.get(file);
        if (lines == null) {
            lines = Files.readAllLines(file);
            files.put(file, lines);
        }
        return lines.get(number - 1).strip();
    }

    private static String text(Element element, String tag) {
        return element.getElementsByTagName(tag).item(0).getTextContent();
    }
}
