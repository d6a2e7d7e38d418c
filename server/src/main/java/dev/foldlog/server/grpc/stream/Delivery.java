package dev.foldlog.server.grpc.stream;

import static java.util.Objects.requireNonNull;

import dev.foldlog.core.read.PageLimit;
import dev.foldlog.server.grpc.codec.EventEncoder;

/**
 * How events are delivered.
 *
 * @param encoder the form in which they go out
 * @param isHeadersOnly without payload and metadata
 * @param batchEventsMax events of one message, at least 1
 */
record Delivery(EventEncoder encoder, boolean isHeadersOnly, int batchEventsMax) {
    /** Bytes that heads and payload tags add to each stored event in a message, roughly. */
    private static final int OVERHEAD_BYTES = 16;

    Delivery {
        requireNonNull(encoder, "encoder");
    }

    /** A page that, as a rule, is one message of at most {@code batchBytesMax}. */
    PageLimit pageLimit(long eventsMax, int batchBytesMax) {
        int events = (int) Math.min(eventsMax, batchEventsMax);
        int overhead = (int) Math.min((long) events * OVERHEAD_BYTES, batchBytesMax / 8);
        return new PageLimit(events, Math.max(1, batchBytesMax - overhead), !isHeadersOnly);
    }
}
