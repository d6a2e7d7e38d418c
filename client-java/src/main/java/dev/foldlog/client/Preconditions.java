package dev.foldlog.client;

import static java.util.Objects.requireNonNull;

import dev.foldlog.v1.EventFilter;
import dev.foldlog.v1.NoEventsMatching;
import dev.foldlog.v1.PartitionCondition;
import dev.foldlog.v1.Precondition;

/** What must hold for an append when it is committed; otherwise nothing is stored. */
public final class Preconditions {
    private Preconditions() {}

    /** The partition's last sequence is exactly this; 0: it never had an event. */
    public static Precondition sequence(String partitionKey, long sequence) {
        return partition(PartitionCondition.newBuilder()
                .setPartitionKey(requireNonNull(partitionKey, "partitionKey"))
                .setSequence(sequence));
    }

    /** The partition has had an event. */
    public static Precondition present(String partitionKey) {
        return exists(partitionKey, true);
    }

    /** The partition never had an event. */
    public static Precondition absent(String partitionKey) {
        return exists(partitionKey, false);
    }

    /** No event after the position matches the filter; position 0: no event at all. */
    public static Precondition noEventsMatching(EventFilter filter, long afterPosition) {
        return Precondition.newBuilder()
                .setNoEventsMatching(NoEventsMatching.newBuilder()
                        .setFilter(requireNonNull(filter, "filter"))
                        .setAfterPosition(afterPosition))
                .build();
    }

    private static Precondition exists(String partitionKey, boolean isThere) {
        return partition(PartitionCondition.newBuilder()
                .setPartitionKey(requireNonNull(partitionKey, "partitionKey"))
                .setExists(isThere));
    }

    private static Precondition partition(PartitionCondition.Builder condition) {
        return Precondition.newBuilder().setPartition(condition).build();
    }
}
