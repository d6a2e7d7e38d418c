package dev.foldlog.core.store;

import static java.util.Objects.requireNonNull;

import dev.foldlog.core.event.Position;

/** A stored event whose bytes are not those that were written. Never retried. */
public final class CorruptionException extends StoreException {
    private final Position position;

    public CorruptionException(Position position, String message) {
        super(ErrorCode.CORRUPT, message);
        this.position = requireNonNull(position, "position");
    }

    /** Where the damage is. */
    public Position position() {
        return position;
    }
}
