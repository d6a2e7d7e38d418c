package dev.foldlog.server;

import java.time.Duration;

/**
 * Limits on requests and answers; {@code GetStoreInfo} states what a client has to know of them.
 *
 * @param payloadBytesMax bytes of one payload
 * @param appendBytesMax bytes of one AppendRequest
 * @param appendEventsMax events of one AppendRequest
 * @param batchEventsMax events of one response message
 * @param batchBytesMax target bytes of one response message; one larger event still goes, alone
 * @param subscriptionsMax subscriptions open at the same time
 * @param deliveryBytesMax bytes that all streams together may have on their way to slow clients; a quarter
 *     of the heap if that is less
 * @param timestampAheadMax how far an event's timestamp may be ahead of the server's clock
 */
public record Limits(
        int payloadBytesMax,
        int appendBytesMax,
        int appendEventsMax,
        int batchEventsMax,
        int batchBytesMax,
        int subscriptionsMax,
        long deliveryBytesMax,
        Duration timestampAheadMax) {
    /** What {@link #deliveryBytesMax} is where nothing was said. */
    public static final long DELIVERY_BYTES_STANDARD = 256L << 20;

    // What a message of the transport can hold, with room beside it.
    private static final int BYTES_MAX = 512 << 20;
    private static final int COUNT_MAX = 1_000_000;

    public Limits {
        requireInRange(payloadBytesMax, BYTES_MAX, "payloadBytesMax");
        requireInRange(appendBytesMax, BYTES_MAX, "appendBytesMax");
        requireInRange(appendEventsMax, COUNT_MAX, "appendEventsMax");
        requireInRange(batchEventsMax, COUNT_MAX, "batchEventsMax");
        requireInRange(batchBytesMax, BYTES_MAX, "batchBytesMax");
        requireInRange(subscriptionsMax, COUNT_MAX, "subscriptionsMax");
        if (deliveryBytesMax < 1) {
            throw new IllegalArgumentException("deliveryBytesMax: " + deliveryBytesMax + " (expected: >= 1)");
        }
        if (timestampAheadMax.isNegative()) {
            throw new IllegalArgumentException("timestampAheadMax: " + timestampAheadMax + " (expected: >= 0)");
        }
    }

    /** Limits with the standard {@link #deliveryBytesMax}. */
    public Limits(
            int payloadBytesMax,
            int appendBytesMax,
            int appendEventsMax,
            int batchEventsMax,
            int batchBytesMax,
            int subscriptionsMax,
            Duration timestampAheadMax) {
        this(
                payloadBytesMax,
                appendBytesMax,
                appendEventsMax,
                batchEventsMax,
                batchBytesMax,
                subscriptionsMax,
                DELIVERY_BYTES_STANDARD,
                timestampAheadMax);
    }

    /** The limits of a server that was told nothing. */
    public static Limits standard() {
        return new Limits(1 << 20, 4 << 20, 1_000, 500, 256 << 10, 1_000, Duration.ofHours(24));
    }

    private static void requireInRange(int value, int max, String name) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 1 to " + max + ')');
        }
    }
}
