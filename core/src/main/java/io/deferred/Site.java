// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A place in a user's program, and the thread that was there: of a stack, the frames that are neither this library's nor the JDK's. Taken in debug mode only. */
final class Site {
    private static final int FRAMES_KEPT = 8;
    private static final String LIBRARY = "io.deferred";

    /** The packages of this project that programs call, as they call this one. */
    private static final Set<String> BESIDE = Set.of("io.deferred.jdbc", "io.deferred.net", "io.deferred.testkit");

    private static final StackWalker.StackFrame[] NONE = {};
    /** A place in the code, as far as its text depends on it. */
    private record Place(String type, String method, String descriptor, int index) {}

    /** What has been shown once, because to look a line up is slow. There are no more of them than the program has calls. */
    private static final Map<Place, String> TEXTS = new ConcurrentHashMap<>();

    /** With references to classes only because without them a frame does not tell the types of its method's parameters. */
    private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private final StackWalker.StackFrame[] frames; // the innermost first
    private final String thread;

    private Site(StackWalker.StackFrame[] frames, String thread) {
        this.frames = frames;
        this.thread = thread;
    }

    /** The line that this thread is at. Never throws: what is told must not stand in the way of what happens. */
    static Site here() {
        return of(1);
    }

    /** The same, with the lines around it. */
    static Site withCallers() {
        return of(FRAMES_KEPT);
    }

    private static Site of(int most) {
        String thread = nameOf(Thread.currentThread());
        try {
            return new Site(WALKER.walk(stack -> usersOwn(stack, most)), thread);
        } catch (Throwable t) {
            return new Site(NONE, thread); // there is no stack left, or no memory
        }
    }

    /** The first line of a stack trace that is the program's; null if there is none. */
    static @Nullable String firstIn(Throwable exception) {
        for (StackTraceElement frame : exception.getStackTrace()) {
            if (isUsersOwn(frame.getClassName())) {
                return frame.toString();
            }
        }
        return null;
    }

    private static StackWalker.StackFrame[] usersOwn(Stream<StackWalker.StackFrame> stack, int most) {
        return stack.filter(frame -> isUsersOwn(frame.getClassName()))
                .limit(most)
                .toArray(StackWalker.StackFrame[]::new);
    }

    private static String packageOf(String className) {
        return className.substring(0, Math.max(0, className.lastIndexOf('.')));
    }

    /** Whether the class is neither of this library, nor of one beside it, nor of the JDK or of what runs tests. */
    static boolean isUsersOwn(String className) {
        return !isLibrarys(className)
                && !BESIDE.contains(packageOf(className))
                && !className.startsWith("java.")
                && !className.startsWith("jdk.")
                && !className.startsWith("sun.")
                && !className.startsWith("com.sun.tools.")
                && !className.startsWith("org.junit.");
    }

    /** Whether the class is in the package of this library itself; the programs beside it are users like all others. */
    static boolean isLibrarys(String className) {
        return className.lastIndexOf('.') == LIBRARY.length() && className.startsWith(LIBRARY);
    }

    /** Virtual threads may have no name. A thread's toString may be a user's. */
    static String nameOf(Thread thread) {
        String name = thread.getName();
        return name.isEmpty() ? "#" + thread.getId() : name;
    }

    boolean isKnown() {
        return frames.length > 0;
    }

    String thread() {
        return thread;
    }

    /** The innermost frame, as stack traces print it. */
    String line() {
        return frames.length == 0 ? "no line of the program" : shown(frames[0]);
    }

    /** The frames around the innermost, the nearest first. */
    Stream<String> callers() {
        return Arrays.stream(frames).skip(1).map(Site::shown);
    }

    private static String shown(StackWalker.StackFrame frame) {
        Place place =
                new Place(frame.getClassName(), frame.getMethodName(), frame.getDescriptor(), frame.getByteCodeIndex());
        return TEXTS.computeIfAbsent(place, p -> frame.toStackTraceElement().toString());
    }

    @Override
    public String toString() {
        return line() + ", thread " + thread;
    }
}
