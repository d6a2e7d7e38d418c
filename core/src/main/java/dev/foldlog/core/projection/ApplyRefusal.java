package dev.foldlog.core.projection;

import static java.util.Objects.requireNonNull;

/**
 * Why an append cannot be stored: a projection that takes part in it fails on one of its events.
 *
 * @param eventIndex in the append
 * @param message short, for callers
 */
public record ApplyRefusal(String projection, int eventIndex, String message) {
    public ApplyRefusal {
        requireNonNull(projection, "projection");
        requireNonNull(message, "message");
        if (eventIndex < 0) {
            throw new IllegalArgumentException("eventIndex: " + eventIndex + " (expected: >= 0)");
        }
    }
}
