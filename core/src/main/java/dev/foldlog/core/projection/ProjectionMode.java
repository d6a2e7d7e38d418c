package dev.foldlog.core.projection;

/** When a projection is applied. */
public enum ProjectionMode {
    /** In the append's own transaction; a failing apply fails the append. */
    SYNC,
    /** After the commit; state and checkpoint move in one transaction. */
    ASYNC
}
