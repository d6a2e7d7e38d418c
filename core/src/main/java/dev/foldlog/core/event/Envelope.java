package dev.foldlog.core.event;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** A stored envelope, decoded: the facts, the producer's time, and what the writer added. */
public record Envelope(EventFacts facts, Instant timestamp, Stamp stamp) {
    public Envelope {
        requireNonNull(facts, "facts");
        requireNonNull(timestamp, "timestamp");
        requireNonNull(stamp, "stamp");
    }
}
