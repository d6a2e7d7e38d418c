package dev.foldlog.conformance.history;

import java.util.OptionalLong;

/** What a client asked of one partition. */
public sealed interface Call {
    /** The partition. */
    String partition();

    /**
     * An append of one event.
     *
     * @param expected the last sequence that is demanded, if one is
     */
    record Append(String partition, String eventId, OptionalLong expected) implements Call {}

    /** A read of the whole partition. */
    record Read(String partition) implements Call {}

    /** A question for the last sequence. */
    record Last(String partition) implements Call {}
}
