package dev.foldlog.server.grpc.service;

import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.NoEventsMatching;
import dev.foldlog.v1.PartitionCondition;
import dev.foldlog.v1.Payload;
import dev.foldlog.v1.Precondition;
import java.util.List;

/** Requests as clients send them. */
final class Requests {
    private Requests() {}

    static NewEvent event(String id, String artifact) {
        return NewEvent.newBuilder()
                .setEventId(id)
                .setAction("approve")
                .setProducer("me")
                .setArtifactId(artifact)
                .setArtifactType("completion")
                .setPayload(Payload.newBuilder().setJson("{\"score\":1}"))
                .build();
    }

    static AppendRequest append(NewEvent... events) {
        return AppendRequest.newBuilder().addAllEvents(List.of(events)).build();
    }

    static Precondition at(String partition, long sequence) {
        return Precondition.newBuilder()
                .setPartition(PartitionCondition.newBuilder()
                        .setPartitionKey(partition)
                        .setSequence(sequence))
                .build();
    }

    static Precondition noEventsAfter(long position) {
        return Precondition.newBuilder()
                .setNoEventsMatching(NoEventsMatching.newBuilder().setAfterPosition(position))
                .build();
    }
}
