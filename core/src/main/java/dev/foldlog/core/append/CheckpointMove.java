package dev.foldlog.core.append;

import static java.util.Objects.requireNonNull;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.read.TextSize;
import org.jspecify.annotations.Nullable;

/**
 * A move of a named checkpoint.
 *
 * @param expected where it must be now, {@link Position#NONE}: nowhere yet; null: not checked
 * @param isForced whether it may go back
 */
public record CheckpointMove(
        String name, Position position, @Nullable Position expected, boolean isForced) {
    public CheckpointMove {
        requireNonNull(name, "name");
        requireNonNull(position, "position");
    }

    /** Bytes that it holds in memory, about. */
    public long sizeBytes() {
        return TextSize.bytes(name);
    }
}
