package dev.foldlog.bench.layout;

import java.nio.ByteBuffer;

/** An event as an experiment stores it. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Row(
        long position,
        long idHigh,
        long idLow,
        long partition,
        long sequence,
        long timeMax,
        long kind,
        long producer,
        long timestamp,
        byte[] envelope,
        String payload) {
    byte[] id() {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(idHigh)
                .putLong(idLow)
                .array();
    }

    /** Whether the partition has an event that is not older. */
    boolean isLate() {
        return timestamp <= timeMax;
    }
}
