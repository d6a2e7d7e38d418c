package dev.foldlog.conformance.history;

import java.util.List;

/** What a client learnt from a call. */
public sealed interface Outcome {
    /**
     * The event is stored.
     *
     * @param isReplayed whether it had been there before
     */
    record Appended(long sequence, boolean isReplayed) implements Outcome {}

    /** The condition did not hold. */
    record Conflict(long lastSequence) implements Outcome {}

    /** The events of the partition. */
    record Events(List<String> eventIds, long lastSequence) implements Outcome {
        public Events {
            eventIds = List.copyOf(eventIds);
        }
    }

    /** The last sequence of the partition. */
    record LastSequence(long lastSequence) implements Outcome {}

    /** Nothing: the call took effect, or will, or never. */
    record Unknown() implements Outcome {}
}
