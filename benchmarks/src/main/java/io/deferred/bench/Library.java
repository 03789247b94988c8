// SPDX-License-Identifier: Apache-2.0
package io.deferred.bench;

import java.util.Arrays;

/** What is compared. The method of a scenario has the name of the library in camel case. */
enum Library {
    DEFERRED("deferred", "Deferred", "deferred"),
    COMPLETABLE_FUTURE("completableFuture", "CF", ""),
    TRANE("trane", "Trane", "future-java"),
    ASYNC("async", "Async", "async"),
    GUAVA("guava", "Guava", "guava"),
    VERTX("vertx", "Vert.x", "vertx-core"),
    NETTY("netty", "Netty", "netty-common"),
    SCALA("scala", "Scala", "scala-library"),
    MUTINY("mutiny", "Mutiny", "mutiny"),
    REACTOR("reactor", "Reactor", "reactor-core"),
    RX_JAVA("rxJava", "RxJava", "rxjava"),
    KOTLIN("kotlin", "Kotlin", "kotlinx-coroutines-core-jvm"),
    JDEFERRED("jdeferred", "JDeferred", "jdeferred-core");

    private final String method;
    private final String shown;

    /** As its jar is named; empty for what comes with the JDK. */
    final String artifact;

    Library(String method, String shown, String artifact) {
        this.method = method;
        this.shown = shown;
        this.artifact = artifact;
    }

    static Library ofMethod(String name) {
        return Arrays.stream(values())
                .filter(l -> l.method.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no library has a method " + name));
    }

    @Override
    public String toString() {
        return shown;
    }
}
