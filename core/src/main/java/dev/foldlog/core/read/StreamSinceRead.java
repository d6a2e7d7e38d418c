package dev.foldlog.core.read;

import static java.util.Objects.requireNonNull;

import dev.foldlog.core.event.Position;
import java.time.Instant;

/**
 * A read of the recent slice of one partition: events with a timestamp at or after {@code since}, in
 * sequence order.
 *
 * @param limit at most so many events, those with the highest sequences; 0: no bound
 * @param asOf only events up to here
 */
public record StreamSinceRead(String partitionKey, Instant since, EventFilter filter, long limit, Position asOf) {
    public StreamSinceRead {
        requireNonNull(partitionKey, "partitionKey");
        requireNonNull(since, "since");
        requireNonNull(filter, "filter");
        requireNonNull(asOf, "asOf");
        if (limit < 0) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: >= 0)");
        }
    }
}
