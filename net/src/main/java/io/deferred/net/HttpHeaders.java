// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The headers of a request or a response: names, in which case does not matter, and values, in their order. Immutable. */
public final class HttpHeaders {
    private static final boolean[] IN_A_NAME = inAName("()<>@,;:\\\"/[]?={}");
    private static final HttpHeaders NONE = new HttpHeaders(List.of());

    private final List<Map.Entry<String, String>> entries;

    private HttpHeaders(List<Map.Entry<String, String>> entries) {
        this.entries = entries;
    }

    /**
     * Returns those that are empty.
     *
     * @return always the same
     */
    public static HttpHeaders none() {
        return NONE;
    }

    /** What a peer has sent. */
    static HttpHeaders received(Iterable<Map.Entry<String, String>> headers) {
        List<Map.Entry<String, String>> copy = new ArrayList<>();
        headers.forEach(header -> copy.add(Map.entry(header.getKey(), header.getValue())));
        return new HttpHeaders(copy);
    }

    /**
     * Adds a header, beside others of the same name.
     *
     * @param name its name
     * @param value its value
     * @return new headers
     * @throws IllegalArgumentException if the name or the value has characters that would end it, or that are not of ISO 8859-1, which is all that a header can carry
     */
    public HttpHeaders with(String name, String value) {
        Map.Entry<String, String> added = Map.entry(checkedName(name), checkedValue(name, value));
        if (entries.isEmpty()) {
            return new HttpHeaders(List.of(added)); // as for most responses
        }
        List<Map.Entry<String, String>> longer = new ArrayList<>(entries.size() + 1);
        longer.addAll(entries);
        longer.add(added);
        return new HttpHeaders(longer);
    }

    /**
     * Takes all headers of a name away.
     *
     * @param name their name
     * @return new headers
     */
    public HttpHeaders without(String name) {
        List<Map.Entry<String, String>> shorter = new ArrayList<>(entries);
        shorter.removeIf(header -> header.getKey().equalsIgnoreCase(name));
        return new HttpHeaders(shorter);
    }

    private static boolean[] inAName(String separators) {
        boolean[] allowed = new boolean[0x80];
        Arrays.fill(allowed, ' ' + 1, 0x7f, true);
        for (int i = 0; i < separators.length(); i++) {
            allowed[separators.charAt(i)] = false;
        }
        return allowed;
    }

    // Loops, not streams, and a table: these run for each header of each response.
    private static String checkedName(String name) {
        boolean good = !name.isEmpty();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            good &= c < IN_A_NAME.length && IN_A_NAME[c];
        }
        if (!good) {
            throw new IllegalArgumentException("not the name of a header: '" + shown(name) + "'");
        }
        return name;
    }

    private static String checkedValue(String name, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f || c > 0xff) {
                throw new IllegalArgumentException("the value of the header " + name
                        + " has a line break, another control character, or one that is not of ISO 8859-1, in it: '"
                        + shown(value) + "'");
            }
        }
        return value;
    }

    private static String shown(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    /**
     * Returns the first value of a name.
     *
     * @param name in any case
     * @return empty if there is no such header
     */
    public Optional<String> first(String name) {
        for (Map.Entry<String, String> header : entries) {
            if (header.getKey().equalsIgnoreCase(name)) {
                return Optional.of(header.getValue());
            }
        }
        return Optional.empty();
    }

    /**
     * Returns all values of a name.
     *
     * @param name in any case
     * @return in their order; empty if there is none
     */
    public List<String> all(String name) {
        return entries.stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .toList();
    }

    /**
     * Returns all headers.
     *
     * @return names and values, in their order; unmodifiable
     */
    public List<Map.Entry<String, String>> entries() {
        return List.copyOf(entries);
    }

    /** For those of this package that only look. */
    List<Map.Entry<String, String>> uncopied() {
        return entries;
    }

    /** Returns names and values. */
    @Override
    public String toString() {
        return entries.toString();
    }
}
