package dev.foldlog.core.append;

import static java.util.Objects.requireNonNull;

import dev.foldlog.core.event.EventId;
import dev.foldlog.core.event.Position;
import java.util.List;

/**
 * What came of an append that was judged. Only {@link Appended} that is no replay has changed anything
 * (a replay may have moved checkpoints).
 */
public sealed interface AppendOutcome {
    /**
     * Stored, and as durable as the store promises.
     *
     * @param events one for each event of the append, in its order
     * @param isReplay the events were there already
     */
    record Appended(List<AppendedEvent> events, boolean isReplay) implements AppendOutcome {
        public Appended {
            events = List.copyOf(events);
        }
    }

    /** Would be stored; the append asked for validation only. */
    record Valid() implements AppendOutcome {}

    /** Preconditions failed: all that did, in order of index. */
    record Conflict(List<Violation> violations) implements AppendOutcome {
        public Conflict {
            violations = List.copyOf(violations);
        }
    }

    /** The id is stored with other content, or only some events of the append are stored. */
    record EventIdTaken(EventId eventId, Position position, boolean isSameContent) implements AppendOutcome {
        public EventIdTaken {
            requireNonNull(eventId, "eventId");
            requireNonNull(position, "position");
        }
    }

    /** The request's id was used with other content or another number of events. */
    record RequestIdReused(Position position) implements AppendOutcome {
        public RequestIdReused {
            requireNonNull(position, "position");
        }
    }

    /** A checkpoint of the append cannot move. */
    record CheckpointRefused(CheckpointOutcome.Refused refused) implements AppendOutcome {
        public CheckpointRefused {
            requireNonNull(refused, "refused");
        }
    }

    /** {@code after} of the precondition with this index is past the head. */
    record ConditionAhead(int index, Position after, Position head) implements AppendOutcome {
        public ConditionAhead {
            requireNonNull(after, "after");
            requireNonNull(head, "head");
        }
    }

    /** A projection that takes part in appends fails on the event with this index; the message is for callers. */
    record ProjectionFailed(String projection, int eventIndex, String message) implements AppendOutcome {
        public ProjectionFailed {
            requireNonNull(projection, "projection");
            requireNonNull(message, "message");
        }
    }
}
