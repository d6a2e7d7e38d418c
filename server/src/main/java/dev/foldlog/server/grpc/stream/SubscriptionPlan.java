package dev.foldlog.server.grpc.stream;

import static java.util.Objects.requireNonNull;

import dev.foldlog.core.read.EventFilter;
import java.time.Duration;

/**
 * A subscription as it was asked for, validated.
 *
 * @param heartbeatInterval a heartbeat comes when nothing else was sent for so long
 * @param maxLinger how long a live subscription waits for a fuller batch
 */
record SubscriptionPlan(
        EventFilter filter, StartPoint start, Duration heartbeatInterval, Duration maxLinger, Delivery delivery) {
    SubscriptionPlan {
        requireNonNull(filter, "filter");
        requireNonNull(start, "start");
        requireNonNull(heartbeatInterval, "heartbeatInterval");
        requireNonNull(maxLinger, "maxLinger");
        requireNonNull(delivery, "delivery");
    }
}
