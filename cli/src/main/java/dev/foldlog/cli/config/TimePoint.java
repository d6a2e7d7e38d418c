package dev.foldlog.cli.config;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;

/** A time as people name it: absolutely (RFC 3339), or as a duration before now. */
public sealed interface TimePoint {
    /** The time it names, for a command that runs now. */
    Instant at(InstantSource clock);

    /** An RFC 3339 time. */
    record Absolute(Instant time) implements TimePoint {
        public Absolute {
            requireNonNull(time, "time");
        }

        @Override
        public Instant at(InstantSource clock) {
            return time;
        }
    }

    /** So long ago. */
    record Ago(Duration duration) implements TimePoint {
        public Ago {
            requireNonNull(duration, "duration");
        }

        @Override
        public Instant at(InstantSource clock) {
            return clock.instant().minus(duration);
        }
    }

    static TimePoint parse(String text) {
        if (DurationText.matches(text)) {
            return new Ago(DurationText.parse(text));
        }
        try {
            return new Absolute(Instant.parse(text));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    text + " (expected: a time such as 2026-01-31T12:00:00Z, or a duration before now such as 30d)", e);
        }
    }
}
