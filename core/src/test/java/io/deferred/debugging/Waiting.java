// SPDX-License-Identifier: Apache-2.0
package io.deferred.debugging;

import io.deferred.Deferred;

/** A program that waits for ever. */
final class Waiting {
    private Waiting() {}

    public static void main(String[] args) throws Exception {
        Deferred<String> d = new Deferred<String>().named("the one");
        System.out.println("waiting");
        d.await();
    }
}
