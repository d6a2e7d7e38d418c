package dev.foldlog.scenarios;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.Value;
import dev.foldlog.v1.AppendConflict;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.AppendResponse;
import dev.foldlog.v1.AppendedEvent;
import dev.foldlog.v1.CaughtUp;
import dev.foldlog.v1.CheckpointUpdate;
import dev.foldlog.v1.Confirmed;
import dev.foldlog.v1.Durability;
import dev.foldlog.v1.EventBatch;
import dev.foldlog.v1.EventFilter;
import dev.foldlog.v1.GetStoreInfoResponse;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.NoEventsMatching;
import dev.foldlog.v1.PartitionCondition;
import dev.foldlog.v1.Payload;
import dev.foldlog.v1.Precondition;
import dev.foldlog.v1.RecordedEvent;
import dev.foldlog.v1.StoreLimits;
import dev.foldlog.v1.SubscribeAllResponse;
import java.util.LinkedHashMap;
import java.util.Map;

/** The messages that every client decodes, by file name. Names with {@code future} are of a server to come. */
final class GoldenMessages {
    private static final String STORE_ID = "01934d1c-7a5e-7000-8000-0000000000aa";
    private static final int FUTURE_FIELD = 1_000;
    private static final int FUTURE_KIND = 15;
    private static final int FUTURE_DURABILITY = 99;
    private static final long BEYOND_DOUBLE = (1L << 53) + 1;
    private static final Timestamp TIME = Timestamp.newBuilder()
            .setSeconds(1_764_033_000)
            .setNanos(123_456_789)
            .build();

    private GoldenMessages() {}

    static Map<String, Message> all() {
        Map<String, Message> all = new LinkedHashMap<>();
        all.put("new-event", newEvent());
        all.put("recorded-event", recordedEvent("event-1", Long.MAX_VALUE));
        all.put("append-request", appendRequest());
        all.put("append-response", appendResponse());
        all.put("append-conflict", appendConflict());
        all.put("store-info", storeInfo(Durability.DURABILITY_DISK).build());
        all.put("confirmed", confirmed());
        all.put("batch-3", batch("event-3", 3));
        all.put("batch-9", batch("event-9", 9));
        all.put("caught-up", caughtUp());
        all.put("future-kind", futureKind());
        all.put("future-store-info", futureStoreInfo());
        return all;
    }

    private static NewEvent newEvent() {
        return NewEvent.newBuilder()
                .setEventId("01934d1c-7a5e-7000-8000-000000000001")
                .setAction("approve")
                .setProducer("reviewer:ana")
                .setArtifactId("answer-17")
                .setArtifactType("answer")
                .setThreadId("chat-3")
                .setEventVersion(2)
                .setPartitionKey("answer-17/chat-3")
                .setTimestamp(TIME)
                .setPayload(
                        Payload.newBuilder().setJson("{\"score\": 5, \"big\": " + BEYOND_DOUBLE + ", \"q\": \"ü\"}"))
                .putMetadata("trace", "t-1")
                .addTags("topic:billing")
                .addTags("user:u7")
                .build();
    }

    private static RecordedEvent recordedEvent(String id, long position) {
        return RecordedEvent.newBuilder()
                .setEventId(id)
                .setAction("approve")
                .setProducer("reviewer:ana")
                .setArtifactId("answer-17")
                .setArtifactType("answer")
                .setThreadId("chat-3")
                .setEventVersion(1)
                .setPartitionKey("answer-17")
                .setTimestamp(TIME)
                .setPayload(Payload.newBuilder()
                        .setData(ByteString.copyFrom(new byte[] {0, 1, -1}))
                        .setContentType("a/b"))
                .putMetadata("trace", "t-1")
                .setPosition(position)
                .setSequence(BEYOND_DOUBLE)
                .setRecordedAt(TIME)
                .setTransactionPosition(position)
                .setStoredEventVersion(1)
                .addTags("topic:billing")
                .build();
    }

    private static AppendRequest appendRequest() {
        Struct payload = Struct.newBuilder()
                .putFields("score", Value.newBuilder().setNumberValue(5).build())
                .build();
        return AppendRequest.newBuilder()
                .setRequestId("01934d1c-7a5e-7000-8000-000000000002")
                .addEvents(newEvent())
                .addEvents(
                        newEvent().toBuilder().setPayload(Payload.newBuilder().setJsonObject(payload)))
                .addPreconditions(Precondition.newBuilder()
                        .setPartition(PartitionCondition.newBuilder()
                                .setPartitionKey("answer-17")
                                .setSequence(0)))
                .addPreconditions(Precondition.newBuilder()
                        .setNoEventsMatching(NoEventsMatching.newBuilder()
                                .setFilter(EventFilter.newBuilder().addTags("user:u7"))
                                .setAfterPosition(BEYOND_DOUBLE)))
                .addCheckpoints(CheckpointUpdate.newBuilder()
                        .setName("scorer")
                        .setPosition(BEYOND_DOUBLE)
                        .setExpectedPosition(0))
                .build();
    }

    private static AppendResponse appendResponse() {
        return AppendResponse.newBuilder()
                .addEvents(AppendedEvent.newBuilder()
                        .setEventId("event-1")
                        .setPartitionKey("answer-17")
                        .setSequence(1)
                        .setPosition(BEYOND_DOUBLE)
                        .setRecordedAt(TIME))
                .setPosition(BEYOND_DOUBLE)
                .setReplayed(true)
                .build();
    }

    private static AppendConflict appendConflict() {
        return AppendConflict.newBuilder()
                .addViolations(AppendConflict.Violation.newBuilder()
                        .setIndex(1)
                        .setPartitionKey("answer-17")
                        .setActualSequence(BEYOND_DOUBLE))
                .setViolationCount(300)
                .build();
    }

    private static GetStoreInfoResponse.Builder storeInfo(Durability durability) {
        return GetStoreInfoResponse.newBuilder()
                .setStoreId(STORE_ID)
                .setHeadPosition(BEYOND_DOUBLE)
                .setServerVersion("9.9.9")
                .addFeatures("payload.data")
                .setLimits(StoreLimits.newBuilder().setMaxPayloadBytes(1 << 20))
                .setServerTime(TIME)
                .setDurability(durability)
                .setStoreKind("sqlite");
    }

    private static SubscribeAllResponse confirmed() {
        return SubscribeAllResponse.newBuilder()
                .setConfirmed(Confirmed.newBuilder()
                        .setStoreId(STORE_ID)
                        .setHeadPosition(9)
                        .setHeartbeatInterval(Duration.newBuilder().setSeconds(300)))
                .build();
    }

    private static SubscribeAllResponse batch(String id, long position) {
        return SubscribeAllResponse.newBuilder()
                .setPosition(position)
                .setBatch(EventBatch.newBuilder().addEvents(recordedEvent(id, position)))
                .build();
    }

    private static SubscribeAllResponse caughtUp() {
        return SubscribeAllResponse.newBuilder()
                .setPosition(9)
                .setCaughtUp(CaughtUp.newBuilder().setServerTime(TIME))
                .build();
    }

    /** A kind that is not in the oneof yet, with a position that counts. */
    private static SubscribeAllResponse futureKind() {
        return SubscribeAllResponse.newBuilder()
                .setPosition(7)
                .setUnknownFields(unknown(FUTURE_KIND))
                .build();
    }

    /** A value that is not in the enum yet, and a field that is not in the message yet. */
    private static GetStoreInfoResponse futureStoreInfo() {
        return storeInfo(Durability.DURABILITY_UNSPECIFIED)
                .setDurabilityValue(FUTURE_DURABILITY)
                .setUnknownFields(unknown(FUTURE_FIELD))
                .build();
    }

    private static UnknownFieldSet unknown(int number) {
        return UnknownFieldSet.newBuilder()
                .addField(
                        number,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(ByteString.copyFromUtf8("new"))
                                .build())
                .build();
    }
}
