package dev.foldlog.server.grpc.service;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.foldlog.core.event.EventId;
import dev.foldlog.core.store.EventReader;
import dev.foldlog.core.store.PartitionState;
import dev.foldlog.server.grpc.codec.EventEncoder;
import dev.foldlog.server.grpc.codec.ProtoTimes;
import dev.foldlog.server.grpc.error.ApiException;
import dev.foldlog.server.grpc.error.ShownText;
import dev.foldlog.server.grpc.validation.FieldPath;
import dev.foldlog.server.grpc.validation.NumberChecks;
import dev.foldlog.server.grpc.validation.PageTokens;
import dev.foldlog.server.grpc.validation.ReadOptionsValidator;
import dev.foldlog.server.grpc.validation.TextRule;
import dev.foldlog.server.grpc.validation.Violations;
import dev.foldlog.v1.ErrorReason;
import dev.foldlog.v1.GetEventRequest;
import dev.foldlog.v1.GetEventResponse;
import dev.foldlog.v1.GetPartitionRequest;
import dev.foldlog.v1.GetPartitionResponse;
import dev.foldlog.v1.ListPartitionsRequest;
import dev.foldlog.v1.ListPartitionsResponse;
import dev.foldlog.v1.Partition;
import dev.foldlog.v1.RecordedEvent;
import java.util.List;

/** Single events and partitions. Blocks on the store. Thread-safe. */
final class LookUps {
    private final EventReader reader;

    LookUps(EventReader reader) {
        this.reader = reader;
    }

    GetEventResponse event(GetEventRequest request) {
        Violations violations = new Violations();
        TextRule.EVENT_ID.check(request.getEventId(), FieldPath.ROOT.field("event_id"), violations);
        ReadOptionsValidator.validate(request.getOptions(), FieldPath.ROOT.field("options"), violations);
        violations.throwIfAny();
        byte[] event = EventEncoder.forOptions(request.getOptions())
                .encode(reader.event(new EventId(request.getEventId())).orElseThrow(() -> unknown(request)));
        try {
            return GetEventResponse.newBuilder()
                    .setEvent(RecordedEvent.parseFrom(event))
                    .build();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("an encoded event cannot be decoded", e);
        }
    }

    GetPartitionResponse partition(GetPartitionRequest request) {
        Violations violations = new Violations();
        TextRule.PARTITION_KEY.check(request.getPartitionKey(), FieldPath.ROOT.field("partition_key"), violations);
        violations.throwIfAny();
        return GetPartitionResponse.newBuilder()
                .setPartition(partition(reader.partition(request.getPartitionKey())))
                .build();
    }

    ListPartitionsResponse partitions(ListPartitionsRequest request) {
        Violations violations = new Violations();
        PageTokens tokens = new PageTokens("partitions", request.getPrefix());
        TextRule.PREFIX.check(request.getPrefix(), FieldPath.ROOT.field("prefix"), violations);
        int size = NumberChecks.pageSize(request.getPageSize(), FieldPath.ROOT.field("page_size"), violations);
        String after = tokens.lastKey(request.getPageToken(), FieldPath.ROOT.field("page_token"), violations);
        violations.throwIfAny();
        List<PartitionState> found = reader.partitions(request.getPrefix(), after, size + 1);
        ListPartitionsResponse.Builder response = ListPartitionsResponse.newBuilder();
        found.stream().limit(size).map(LookUps::partition).forEach(response::addPartitions);
        if (found.size() > size) {
            response.setNextPageToken(tokens.after(found.get(size - 1).partitionKey()));
        }
        return response.build();
    }

    private static Partition partition(PartitionState state) {
        Partition.Builder partition = Partition.newBuilder()
                .setPartitionKey(state.partitionKey())
                .setFirstSequence(state.first().value())
                .setLastSequence(state.last().value())
                .setLastPosition(state.lastPosition().value());
        if (state.lastRecordedAt() != null) {
            partition.setLastRecordedAt(ProtoTimes.timestamp(state.lastRecordedAt()));
        }
        return partition.build();
    }

    private static ApiException unknown(GetEventRequest request) {
        return ApiException.of(
                ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND,
                "event_id: " + ShownText.quoted(request.getEventId(), 128) + " (expected: an event that is stored)",
                "event_id",
                request.getEventId());
    }
}
