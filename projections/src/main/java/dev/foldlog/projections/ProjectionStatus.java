package dev.foldlog.projections;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.projection.StoredFold;
import dev.foldlog.core.projection.StoredProjection;

/**
 * A projection and how far it is, as one snapshot of the store shows it.
 *
 * @param applied through here; {@link Position#NONE} before the first build is done
 * @param keyCount states that it answers from
 */
public record ProjectionStatus(
        Life life, ProjectionPhase phase, Position applied, Position head, long keyCount, long skippedCount) {
    static ProjectionStatus of(StoredProjection stored, Life life, Position head) {
        StoredFold serving = stored.serving();
        return new ProjectionStatus(
                life,
                phase(stored, life),
                serving == null ? Position.NONE : serving.appliedThrough(head),
                head,
                serving == null ? 0 : serving.keyCount(),
                serving == null ? 0 : serving.skippedCount());
    }

    public boolean hasApplied(Position position) {
        return phase != ProjectionPhase.BUILDING && !position.isAfter(applied);
    }

    /** Whether it gets further by itself. */
    public boolean isMoving() {
        return phase != ProjectionPhase.FAILED && phase != ProjectionPhase.PAUSED;
    }

    private static ProjectionPhase phase(StoredProjection stored, Life life) {
        if (stored.serving() == null) {
            return stored.shadow() == null ? ProjectionPhase.FAILED : ProjectionPhase.BUILDING;
        }
        if (life.failure() != null && stored.shadow() == null) {
            return ProjectionPhase.FAILED;
        }
        if (stored.shadow() != null) {
            return ProjectionPhase.REBUILDING;
        }
        return life.isPaused() ? ProjectionPhase.PAUSED : ProjectionPhase.RUNNING;
    }
}
