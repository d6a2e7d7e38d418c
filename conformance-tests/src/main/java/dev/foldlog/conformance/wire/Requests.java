package dev.foldlog.conformance.wire;

import com.google.protobuf.Timestamp;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.CheckpointUpdate;
import dev.foldlog.v1.CommitCheckpointRequest;
import dev.foldlog.v1.Direction;
import dev.foldlog.v1.EventFilter;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.NoEventsMatching;
import dev.foldlog.v1.PartitionCondition;
import dev.foldlog.v1.Precondition;
import dev.foldlog.v1.ReadAllRequest;
import dev.foldlog.v1.ReadStreamRequest;
import dev.foldlog.v1.ReadStreamSinceRequest;
import dev.foldlog.v1.SubscribeAllRequest;
import java.util.List;
import java.util.stream.Stream;

/** Requests with what is required filled in. */
public final class Requests {
    private Requests() {}

    /** An append of these events. */
    public static AppendRequest.Builder append(NewEvent.Builder... events) {
        return append(Stream.of(events).map(NewEvent.Builder::build).toList());
    }

    /** An append of these events. */
    public static AppendRequest.Builder append(List<NewEvent> events) {
        return AppendRequest.newBuilder().addAllEvents(events);
    }

    /** A read of one partition, oldest first. */
    public static ReadStreamRequest.Builder readStream(String partition) {
        return ReadStreamRequest.newBuilder().setPartitionKey(partition);
    }

    /** A read of one partition, newest first. */
    public static ReadStreamRequest.Builder readStreamBackward(String partition) {
        return readStream(partition).setDirection(Direction.DIRECTION_BACKWARD);
    }

    /** A read of the recent slice of one partition. */
    public static ReadStreamSinceRequest.Builder readSince(String partition, Timestamp since) {
        return ReadStreamSinceRequest.newBuilder().setPartitionKey(partition).setSince(since);
    }

    /** A read of everything, oldest first. */
    public static ReadAllRequest.Builder readAll() {
        return ReadAllRequest.newBuilder();
    }

    /** A read of everything, newest first. */
    public static ReadAllRequest.Builder readAllBackward() {
        return readAll().setDirection(Direction.DIRECTION_BACKWARD);
    }

    /** A subscription from the oldest event. */
    public static SubscribeAllRequest.Builder subscribe() {
        return SubscribeAllRequest.newBuilder();
    }

    /** The condition that the last sequence of a partition is this. */
    public static Precondition sequence(String partition, long sequence) {
        return Precondition.newBuilder()
                .setPartition(PartitionCondition.newBuilder()
                        .setPartitionKey(partition)
                        .setSequence(sequence))
                .build();
    }

    /** The condition that a partition ever, or never, had an event. */
    public static Precondition exists(String partition, boolean exists) {
        return Precondition.newBuilder()
                .setPartition(PartitionCondition.newBuilder()
                        .setPartitionKey(partition)
                        .setExists(exists))
                .build();
    }

    /** The condition that no event after a position matches. */
    public static Precondition noEventsMatching(EventFilter.Builder filter, long afterPosition) {
        return noEventsMatching(filter.build(), afterPosition);
    }

    /** The condition that no event after a position matches. */
    public static Precondition noEventsMatching(EventFilter filter, long afterPosition) {
        return Precondition.newBuilder()
                .setNoEventsMatching(
                        NoEventsMatching.newBuilder().setFilter(filter).setAfterPosition(afterPosition))
                .build();
    }

    /** A move of a checkpoint inside an append. */
    public static CheckpointUpdate.Builder moves(String checkpoint, long position) {
        return CheckpointUpdate.newBuilder().setName(checkpoint).setPosition(position);
    }

    /** A move of a checkpoint on its own. */
    public static CommitCheckpointRequest.Builder commit(String checkpoint, long position) {
        return CommitCheckpointRequest.newBuilder().setName(checkpoint).setPosition(position);
    }
}
