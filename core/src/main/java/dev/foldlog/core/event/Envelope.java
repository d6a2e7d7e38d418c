package dev.foldlog.core.event;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;

/**
 * A stored envelope, decoded: the facts, the producer's time, what stands beside the payload, and what the writer
 * added.
 */
public record Envelope(EventFacts facts, Instant timestamp, Map<String, String> metadata, Stamp stamp) {
    public Envelope {
        requireNonNull(facts, "facts");
        requireNonNull(timestamp, "timestamp");
        metadata = Map.copyOf(metadata);
        requireNonNull(stamp, "stamp");
    }

    /** One without metadata. */
    public Envelope(EventFacts facts, Instant timestamp, Stamp stamp) {
        this(facts, timestamp, Map.of(), stamp);
    }
}
