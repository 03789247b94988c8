// SPDX-License-Identifier: Apache-2.0
package io.deferred.net;

/** How many bytes say the length of a frame, the most significant one first. Twisted's {@code Int8}-, {@code Int16}- and {@code Int32StringReceiver}. */
public enum LengthPrefix {
    /** One byte: frames of up to 255 bytes. */
    INT8(1),
    /** Two bytes: frames of up to 65,535 bytes. */
    INT16(2),
    /** Four bytes: frames of up to 2,147,483,647 bytes. */
    INT32(4);

    private final int size;

    LengthPrefix(int size) {
        this.size = size;
    }

    int size() {
        return size;
    }

    int longest() {
        return size == 4 ? Integer.MAX_VALUE : (1 << (8 * size)) - 1;
    }

    /** The length, unsigned. */
    long read(Accumulator received) {
        long length = 0;
        for (int i = 0; i < size; i++) {
            length = (length << 8) | (received.at(i) & 0xff);
        }
        return length;
    }

    void write(int length, byte[] frame) {
        for (int i = 0; i < size; i++) {
            frame[i] = (byte) (length >>> (8 * (size - 1 - i)));
        }
    }
}
