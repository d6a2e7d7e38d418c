package dev.foldlog.core.append;

import static java.util.Objects.requireNonNull;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.Sequence;
import dev.foldlog.core.read.EventFilter;

/** What must hold at commit. */
public sealed interface Precondition {
    /** The last sequence of the partition is exactly this. */
    record PartitionAt(String partitionKey, Sequence sequence) implements Precondition {
        public PartitionAt {
            requireNonNull(partitionKey, "partitionKey");
            requireNonNull(sequence, "sequence");
        }
    }

    /** The partition ever had an event ({@code isPresent}), or never had one. */
    record PartitionExists(String partitionKey, boolean isPresent) implements Precondition {
        public PartitionExists {
            requireNonNull(partitionKey, "partitionKey");
        }
    }

    /** No event after a position matches a filter; events of the same append do not count. */
    record NoneMatching(EventFilter filter, Position after) implements Precondition {
        public NoneMatching {
            requireNonNull(filter, "filter");
            requireNonNull(after, "after");
        }
    }
}
