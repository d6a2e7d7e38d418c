package dev.foldlog.cli.client;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What to export: events after a position, up to a position.
 *
 * @param asOf the snapshot, 0: the head at the start
 * @param patience how long a server that went away is waited for
 */
public record ExportOrder(Selection selection, long after, long asOf, Duration patience) {
    public ExportOrder {
        requireNonNull(selection, "selection");
        requireNonNull(patience, "patience");
    }
}
