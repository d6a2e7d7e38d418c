package dev.foldlog.core.projection;

import static java.util.Objects.requireNonNull;

import dev.foldlog.core.event.Position;
import java.time.Instant;

/**
 * The state under one key.
 *
 * @param json canonical JSON text of an object
 * @param position of the last event that changed it
 * @param updatedAt recorded_at of that event, so that a rebuild gives the same
 */
public record KeyState(String key, String json, Position position, Instant updatedAt) {
    public KeyState {
        requireNonNull(key, "key");
        requireNonNull(json, "json");
        requireNonNull(position, "position");
        requireNonNull(updatedAt, "updatedAt");
    }
}
