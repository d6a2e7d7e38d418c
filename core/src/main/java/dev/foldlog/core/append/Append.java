package dev.foldlog.core.append;

import dev.foldlog.core.event.NewEvent;
import java.util.List;

/**
 * One append: all of it or nothing, in the given order.
 *
 * @param events at least one, no id twice
 * @param isValidateOnly check everything and store nothing
 */
public record Append(
        List<NewEvent> events,
        List<Precondition> preconditions,
        List<CheckpointMove> checkpoints,
        boolean isValidateOnly) {
    public Append {
        events = List.copyOf(events);
        preconditions = List.copyOf(preconditions);
        checkpoints = List.copyOf(checkpoints);
        if (events.isEmpty()) {
            throw new IllegalArgumentException("events: none (expected: at least one)");
        }
    }

    /** Bytes that it holds while it waits, about: its events as they will be stored, and what it asks for beside. */
    public long sizeBytes() {
        long bytes = 0;
        for (NewEvent event : events) {
            bytes += event.sizeBytes();
        }
        for (Precondition precondition : preconditions) {
            bytes += precondition.sizeBytes();
        }
        for (CheckpointMove move : checkpoints) {
            bytes += move.sizeBytes();
        }
        return bytes;
    }
}
