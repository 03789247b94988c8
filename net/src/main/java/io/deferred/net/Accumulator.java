// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

import java.util.Arrays;

/** Bytes that have come and are not used yet. */
final class Accumulator {
    private static final byte[] NOTHING = {};

    /** Of an array, on any JVM. */
    private static final int LONGEST = Integer.MAX_VALUE - 8;

    private byte[] bytes = NOTHING;
    private int start;
    private int end;

    void add(byte[] more) {
        if (start == end) {
            bytes = more; // as most often: what has come was used up
            start = 0;
            end = more.length;
            return;
        }
        int length = length();
        if (more.length > bytes.length - end) {
            int needed = Math.addExact(length, more.length);
            byte[] larger = needed > bytes.length ? new byte[(int) Math.min(2L * needed, LONGEST)] : bytes;
            System.arraycopy(bytes, start, larger, 0, length);
            bytes = larger;
            start = 0;
            end = length;
        }
        System.arraycopy(more, 0, bytes, end, more.length);
        end += more.length;
    }

    int length() {
        return end - start;
    }

    byte at(int index) {
        return bytes[start + index];
    }

    /** Where a byte is, from an index on; -1 if it is nowhere. */
    int indexOf(byte wanted, int from) {
        for (int i = start + from; i < end; i++) {
            if (bytes[i] == wanted) {
                return i - start;
            }
        }
        return -1;
    }

    byte[] take(int count) {
        byte[] taken = Arrays.copyOfRange(bytes, start, start + count);
        skip(count);
        return taken;
    }

    void skip(int count) {
        start += count;
        if (start == end) {
            bytes = NOTHING;
            start = 0;
            end = 0;
        }
    }
}
