package dev.foldlog.core.append;

import static java.util.Objects.requireNonNull;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.Sequence;
import dev.foldlog.core.read.EventFilter;
import dev.foldlog.core.read.TextSize;

/** What must hold at commit. */
public sealed interface Precondition {
    /** Bytes that it holds in memory, about. */
    long sizeBytes();

    /** The last sequence of the partition is exactly this. */
    record PartitionAt(String partitionKey, Sequence sequence) implements Precondition {
        public PartitionAt {
            requireNonNull(partitionKey, "partitionKey");
            requireNonNull(sequence, "sequence");
        }

        @Override
        public long sizeBytes() {
            return TextSize.bytes(partitionKey);
        }
    }

    /** The partition ever had an event ({@code isPresent}), or never had one. */
    record PartitionExists(String partitionKey, boolean isPresent) implements Precondition {
        public PartitionExists {
            requireNonNull(partitionKey, "partitionKey");
        }

        @Override
        public long sizeBytes() {
            return TextSize.bytes(partitionKey);
        }
    }

    /**
     * No event after a position matches a filter; events of the same append do not count. An event on which an
     * expression fails does: in doubt the append is refused.
     */
    record NoneMatching(EventFilter filter, Position after) implements Precondition {
        public NoneMatching {
            filter = filter.failingClosed();
            requireNonNull(after, "after");
        }

        @Override
        public long sizeBytes() {
            return filter.sizeBytes();
        }
    }
}
