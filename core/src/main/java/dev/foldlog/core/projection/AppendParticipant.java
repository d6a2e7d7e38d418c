package dev.foldlog.core.projection;

/**
 * Who takes part in appends: is asked inside the write transaction, on its thread, before an append's events are
 * stored, and may refuse that append alone. One transaction at a time.
 */
public interface AppendParticipant {
    /** Nobody. */
    AppendParticipant NONE = _ -> Participation.NONE;

    /**
     * Takes part in a transaction that begins. When the one before was never {@link Participation#committed}, it
     * failed: nothing that was believed then need be so.
     */
    Participation begin(ProjectionTables tables);
}
