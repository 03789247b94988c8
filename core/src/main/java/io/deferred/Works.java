// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What threads do just now for Deferreds that have a story: functions of {@code deferToThread}, and bodies of {@code async}. Nothing here throws. */
final class Works {
    private static final Set<Work> UNDER_WAY = ConcurrentHashMap.newKeySet();

    private Works() {}

    /** Work that is to be done for this Deferred; null if that has no story, and then it is never listed. */
    static @Nullable Work of(String kind, Pipeline deferred) {
        Story story = deferred.story();
        return story == null ? null : new Work(kind, story);
    }

    /** This thread begins with it. */
    static void begin(@Nullable Work work) {
        if (work != null) {
            work.thread = Thread.currentThread();
            UNDER_WAY.add(work);
        }
    }

    /** It has been cancelled, before or after it has begun. */
    static void cancelled(@Nullable Work work) {
        if (work != null && work.cancel == null) {
            work.cancel = new Cancel(Site.here(), Debugging.now());
        }
    }

    /** Its thread has ended it. */
    static void end(@Nullable Work work) {
        if (work != null) {
            UNDER_WAY.remove(work);
        }
    }

    static boolean isUnderWay(Story story) {
        return UNDER_WAY.stream().anyMatch(work -> work.story == story);
    }

    static List<OutlivingWork> outliving(Duration limit, Duration now) {
        List<OutlivingWork> found = new ArrayList<>();
        for (Work work : UNDER_WAY) {
            Cancel cancel = work.cancel;
            Thread thread = work.thread;
            if (cancel != null && thread != null && now.minus(cancel.at).compareTo(limit) >= 0) {
                List<StackTraceElement> stack = Arrays.asList(thread.getStackTrace());
                if (UNDER_WAY.contains(work)) { // or the stack may be of what the thread does next
                    found.add(work.outliving(cancel, now, thread, stack));
                }
            }
        }
        return found;
    }

    private record Cancel(Site site, Duration at) {}

    /** One of them. */
    static final class Work {
        private final String kind;
        private final Story story;
        private volatile @Nullable Thread thread;
        private volatile @Nullable Cancel cancel;

        /** What its thread was thrown last by an await. Confined to that thread. */
        @Nullable
        Failure awaitedFailure;

        Work(String kind, Story story) {
            this.kind = kind;
            this.story = story;
        }

        private OutlivingWork outliving(Cancel cancel, Duration now, Thread thread, List<StackTraceElement> stack) {
            return new OutlivingWork(
                    "the " + kind + " of " + story.name(),
                    "cancelled at " + cancel.site,
                    now.minus(cancel.at),
                    thread,
                    stack);
        }
    }
}
