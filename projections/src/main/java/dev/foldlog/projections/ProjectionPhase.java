package dev.foldlog.projections;

/** Where a projection is in its life. */
public enum ProjectionPhase {
    BUILDING,
    RUNNING,
    REBUILDING,
    PAUSED,
    FAILED
}
