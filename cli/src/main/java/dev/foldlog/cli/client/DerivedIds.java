package dev.foldlog.cli.client;

import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * Ids for lines that have none: the same for the same line of the same content, whatever the file is called
 * and however it is compressed. They are UUIDs of version 8:
 *
 * <pre>
 *   48 bits hash | 1000 | 12 bits hash | 10 | 22 bits hash | 40 bits line number
 * </pre>
 *
 * so those of one file stand together and in order, as an index likes them.
 */
final class DerivedIds {
    private static final long LINES_MAX = 1L << 40;

    private final long high;
    private final long lowHash;

    /** Ids of the content with this SHA-256. */
    DerivedIds(byte[] contentHash) {
        ByteBuffer hash = ByteBuffer.wrap(contentHash);
        this.high = (hash.getLong() & ~0xF000L) | 0x8000L;
        this.lowHash = (hash.getLong() & 0x3F_FFFFL) << 40;
    }

    /** The id of a line, counted from 1. */
    String ofLine(long number) {
        if (number < 1 || number >= LINES_MAX) {
            throw new IllegalArgumentException("number: " + number + " (expected: 1.." + (LINES_MAX - 1) + ')');
        }
        return new UUID(high, 0x8000_0000_0000_0000L | lowHash | number).toString();
    }
}
