package dev.foldlog.server.grpc.stream;

import io.grpc.Drainable;
import io.grpc.KnownLength;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;

/**
 * Reads byte arrays one after the other. A transport that asks for the length and drains it copies each
 * byte once, from the store's array into its own buffer. For one thread.
 */
final class PartsInputStream extends InputStream implements KnownLength, Drainable {
    private final List<byte[]> parts;
    private int part;
    private int offset;
    private int remaining;

    PartsInputStream(List<byte[]> parts, int sizeBytes) {
        this.parts = parts;
        this.remaining = sizeBytes;
    }

    @Override
    public int available() {
        return remaining;
    }

    @Override
    public int read() {
        if (remaining == 0) {
            return -1;
        }
        byte[] current = currentPart();
        remaining--;
        return current[offset++] & 0xFF;
    }

    @Override
    public int read(byte[] target, int from, int length) {
        Objects.checkFromIndexSize(from, length, target.length);
        if (remaining == 0) {
            return length == 0 ? 0 : -1;
        }
        int copied = 0;
        while (copied < length && remaining > 0) {
            byte[] current = currentPart();
            int count = Math.min(current.length - offset, length - copied);
            System.arraycopy(current, offset, target, from + copied, count);
            advance(count);
            copied += count;
        }
        return copied;
    }

    @Override
    public int drainTo(OutputStream target) throws IOException {
        int drained = remaining;
        while (remaining > 0) {
            byte[] current = currentPart();
            int count = current.length - offset;
            target.write(current, offset, count);
            advance(count);
        }
        return drained;
    }

    /** The part that holds the next byte; there is one. */
    private byte[] currentPart() {
        while (offset == parts.get(part).length) {
            part++;
            offset = 0;
        }
        return parts.get(part);
    }

    private void advance(int count) {
        offset += count;
        remaining -= count;
    }
}
