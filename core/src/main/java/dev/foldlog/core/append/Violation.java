package dev.foldlog.core.append;

import static java.util.Objects.requireNonNull;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.Sequence;

/** A precondition that does not hold; {@code index} is its place in {@link Append#preconditions}. */
public sealed interface Violation {
    int index();

    /** The partition is elsewhere. */
    record PartitionElsewhere(int index, String partitionKey, Sequence actual) implements Violation {
        public PartitionElsewhere {
            requireNonNull(partitionKey, "partitionKey");
            requireNonNull(actual, "actual");
        }
    }

    /** An event matches: the first that does, after the position asked for. */
    record EventMatches(int index, Position position) implements Violation {
        public EventMatches {
            requireNonNull(position, "position");
        }
    }
}
