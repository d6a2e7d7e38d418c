package dev.foldlog.core.projection;

import static java.util.Objects.requireNonNull;

import dev.foldlog.core.event.Position;

/**
 * One fold of the log under one definition, with the states that bear its generation's number.
 *
 * @param generation from 1, never used twice
 * @param definition what is folded, encoded by the engine; shared, not copied
 * @param isJoined it takes part in every append, so it is applied through the head
 * @param position applied through here, unless it is joined
 * @param keyCount states held
 * @param skippedCount events on which it failed and that were passed over
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record StoredFold(
        long generation, byte[] definition, boolean isJoined, Position position, long keyCount, long skippedCount) {
    public StoredFold {
        requireNonNull(definition, "definition");
        requireNonNull(position, "position");
        if (generation < 1) {
            throw new IllegalArgumentException("generation: " + generation + " (expected: >= 1)");
        }
        if (keyCount < 0 || skippedCount < 0) {
            throw new IllegalArgumentException("counts: " + keyCount + ", " + skippedCount + " (expected: >= 0)");
        }
    }

    /** The fold through a later position. */
    public StoredFold at(Position reached, long keys, long skipped) {
        return new StoredFold(generation, definition, isJoined, reached, keys, skipped);
    }

    /** The fold as part of every append from now on. */
    public StoredFold joined() {
        return new StoredFold(generation, definition, true, position, keyCount, skippedCount);
    }

    /** How far it is applied in a store with this head. */
    public Position appliedThrough(Position head) {
        return isJoined ? head : position;
    }
}
