// SPDX-License-Identifier: Apache-2.0
package io.deferred.linkcheck.fetch;

import java.util.Optional;

/**
 * What a server said.
 *
 * @param status the code, 200 and the like
 * @param contentType the header, as it came
 * @param location the header, as it came
 * @param content the body, if one was wanted and it is a page in HTML
 */
public record Response(int status, Optional<String> contentType, Optional<String> location, Optional<Content> content) {
    /** Tells whether the server has what was asked for. */
    public boolean successful() {
        return status >= 200 && status < 300;
    }
}
