// SPDX-License-Identifier: Apache-2.0
package io.deferred;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A file that this JVM has locked.
 *
 * <p>On POSIX systems the locks belong to the process, and are gone as soon as it closes any channel of the file. So there is one channel at most for each file in the whole JVM: who wants to open one has to
 * register first, and whoever finds the file registered is told that it is locked, without having opened it.
 */
final class HeldFile implements Closeable {
    /** By the identity of the file. It keeps the channels from being collected, too, which would end their locks. */
    private static final Map<Object, HeldFile> HELD = new ConcurrentHashMap<>();

    /** Channels of files that other code of this JVM had locked when we tried. Closing one would end that lock, so it is kept for the next attempt. */
    private static final Map<Object, FileChannel> KEPT_OPEN = new ConcurrentHashMap<>();

    private final Object key;
    private @Nullable FileChannel channel; // confined to the maker, then to whoever holds the lock

    private HeldFile(Object key) {
        this.key = key;
    }

    /** Locks a file, which is made if it is not there; null if it is locked. */
    static @Nullable HeldFile tryLock(Path path) throws IOException {
        HeldFile file = new HeldFile(identity(path));
        if (HELD.putIfAbsent(file.key, file) != null) {
            return null;
        }
        boolean locked = false;
        try {
            locked = file.lock(path);
        } finally {
            if (!locked) {
                file.close();
            }
        }
        return locked ? file : null;
    }

    /**
     * What tells a file from all others, whatever path leads to it. The monitor is for the channel with which a new file is made, and which is closed at once: nobody locks the file before that.
     */
    private static synchronized Object identity(Path path) throws IOException {
        if (Files.notExists(path)) {
            try {
                Files.createFile(path);
            } catch (FileAlreadyExistsException e) {
                // another process has been faster, or it is a link that leads nowhere, which the next line finds
            }
        }
        Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        return key != null ? key : path.toRealPath();
    }

    private boolean lock(Path path) throws IOException {
        FileChannel kept = KEPT_OPEN.remove(key);
        FileChannel opened = kept == null ? FileChannel.open(path, StandardOpenOption.WRITE) : kept;
        channel = opened;
        try {
            return opened.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            KEPT_OPEN.put(key, opened);
            channel = null;
            return false;
        }
    }

    /** Gives the file back. */
    @Override
    public void close() throws IOException {
        try {
            if (channel != null) {
                channel.close();
            }
        } finally {
            HELD.remove(key);
        }
    }
}
