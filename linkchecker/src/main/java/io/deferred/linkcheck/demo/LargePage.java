// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.demo;

/** A page of more than five megabytes, with something to find at its very end. */
final class LargePage {
    private static final int LEAST = 5_000_000;

    private LargePage() {}

    static String text() {
        StringBuilder page = new StringBuilder(LEAST + 1000);
        page.append("<!DOCTYPE html><html lang=en><title>A large page</title><body>\n");
        for (int i = 0; page.length() < LEAST; i++) {
            page.append("<p id=p")
                    .append(i)
                    .append(">Paragraph ")
                    .append(i)
                    .append(", and <a href=\"#p")
                    .append(i / 2);
            page.append("\">one further up</a>. ")
                    .append("Words, words, words. ".repeat(40))
                    .append("</p>\n");
        }
        page.append("<p id=end>The end, and <a href=\"only-the-large-page-links-here.html\">a dead link</a>.</p>\n");
        return page.toString();
    }
}
