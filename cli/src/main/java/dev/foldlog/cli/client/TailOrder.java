package dev.foldlog.cli.client;

import static java.util.Objects.requireNonNull;

/**
 * What to follow.
 *
 * @param maxEvents end after so many events, 0: never
 */
public record TailOrder(Start start, Selection selection, boolean isHeadersOnly, long maxEvents) {
    public TailOrder {
        requireNonNull(start, "start");
        requireNonNull(selection, "selection");
    }

    /** Where to start. */
    public sealed interface Start {
        /** With the oldest event. */
        record Oldest() implements Start {}

        /** With what is committed from now on. */
        record Live() implements Start {}

        /** After a position. */
        record After(long position) implements Start {}

        /**
         * After a stored checkpoint.
         *
         * @param isCommitted whether the checkpoint is moved over what was written
         */
        record FromCheckpoint(String name, boolean isCommitted) implements Start {
            public FromCheckpoint {
                requireNonNull(name, "name");
            }
        }
    }
}
