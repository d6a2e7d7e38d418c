package dev.foldlog.client;

import static java.util.Objects.requireNonNull;

import dev.foldlog.v1.EventFilter;
import dev.foldlog.v1.ReadOptions;
import java.time.Duration;

/**
 * What a subscription follows, and how. Immutable; start from {@link #from}.
 *
 * @param start where it starts
 * @param filter which events
 * @param storeId the store that the position belongs to; empty: any, but after the first connection always that one
 * @param heartbeatInterval how often a quiet server says that it is there, 1 s to 300 s
 * @param heartbeatsMissedMax after so many intervals of silence the connection counts as broken
 * @param lingerMax how long the server may wait for a fuller batch, at most 10 s
 * @param delivery how events are delivered
 */
public record SubscribeOptions(
        SubscriptionStart start,
        EventFilter filter,
        String storeId,
        Duration heartbeatInterval,
        int heartbeatsMissedMax,
        Duration lingerMax,
        ReadOptions delivery) {
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final int MISSED_MAX = 3;

    public SubscribeOptions {
        requireNonNull(start, "start");
        requireNonNull(filter, "filter");
        requireNonNull(storeId, "storeId");
        requireNonNull(heartbeatInterval, "heartbeatInterval");
        requireNonNull(lingerMax, "lingerMax");
        requireNonNull(delivery, "delivery");
        if (heartbeatsMissedMax < 1) {
            throw new IllegalArgumentException("heartbeatsMissedMax: " + heartbeatsMissedMax + " (expected: >= 1)");
        }
    }

    /** Every event from a start; heartbeats each 15 s, of which three may be missed. */
    public static SubscribeOptions from(SubscriptionStart start) {
        return new SubscribeOptions(
                start,
                EventFilter.getDefaultInstance(),
                "",
                HEARTBEAT,
                MISSED_MAX,
                Duration.ZERO,
                ReadOptions.getDefaultInstance());
    }

    /** Every event after a position; 0: from the oldest. */
    public static SubscribeOptions after(long position) {
        return from(new SubscriptionStart.AfterPosition(position));
    }

    /** The same for the events that match. */
    public SubscribeOptions matching(EventFilter wanted) {
        return new SubscribeOptions(
                start, wanted, storeId, heartbeatInterval, heartbeatsMissedMax, lingerMax, delivery);
    }

    /** The same for this store only: kept beside the position, it guards against a restored or different one. */
    public SubscribeOptions inStore(String store) {
        return new SubscribeOptions(start, filter, store, heartbeatInterval, heartbeatsMissedMax, lingerMax, delivery);
    }

    /** The same with other heartbeats. */
    public SubscribeOptions withHeartbeats(Duration interval, int missedMax) {
        return new SubscribeOptions(start, filter, storeId, interval, missedMax, lingerMax, delivery);
    }

    /** The same with another delivery. */
    public SubscribeOptions delivered(ReadOptions options, Duration linger) {
        return new SubscribeOptions(start, filter, storeId, heartbeatInterval, heartbeatsMissedMax, linger, options);
    }
}
