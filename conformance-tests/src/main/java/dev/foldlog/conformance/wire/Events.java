package dev.foldlog.conformance.wire;

import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.AppendResponse;
import dev.foldlog.v1.AppendedEvent;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.Payload;
import dev.foldlog.v1.RecordedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Events to append, and how they must come back. */
public final class Events {
    private Events() {}

    /** An event with what is required and nothing else. */
    public static NewEvent.Builder event() {
        return event("answer-1");
    }

    /** An event of this artifact, and so of this partition, with what is required and nothing else. */
    public static NewEvent.Builder event(String artifactId) {
        return NewEvent.newBuilder()
                .setAction("approve")
                .setProducer("reviewer")
                .setArtifactId(artifactId)
                .setArtifactType("completion");
    }

    /** An event of this artifact with an id of its own. */
    public static NewEvent.Builder identified(String artifactId) {
        return event(artifactId).setEventId(uuid());
    }

    /** An event in which every field is set. */
    public static NewEvent.Builder everyField() {
        return NewEvent.newBuilder()
                .setEventId(uuid())
                .setAction("edit.v2:final_1-a")
                .setProducer("model/ünïcode 🙂")
                .setArtifactId("answer 7")
                .setArtifactType("chat.completion")
                .setThreadId("thread-3")
                .setEventVersion(3)
                .setPartitionKey("answer 7|thread-3")
                .setTimestamp(Times.time("2021-02-03T04:05:06.123456789Z"))
                .setPayload(json("{ \"edit\" : \"a → b\", \"n\": 12345678901234567890 }"))
                .putMetadata("trace", "0af7651916cd43dd")
                .putMetadata("tenant", "")
                .addTags("user:u7")
                .addTags("source:explicit")
                .addTags("a");
    }

    /** As many events of one partition, with ids and a payload that numbers them. */
    public static List<NewEvent> numbered(String artifactId, int count) {
        return IntStream.range(0, count)
                .mapToObj(it -> identified(artifactId)
                        .setPayload(json("{\"number\":" + it + "}"))
                        .build())
                .toList();
    }

    public static Payload json(String text) {
        return Payload.newBuilder().setJson(text).build();
    }

    /** A new id. */
    public static String uuid() {
        return UUID.randomUUID().toString();
    }

    public static List<String> ids(List<RecordedEvent> events) {
        return events.stream().map(RecordedEvent::getEventId).toList();
    }

    public static List<Long> positions(List<RecordedEvent> events) {
        return events.stream().map(RecordedEvent::getPosition).toList();
    }

    public static List<Long> sequences(List<RecordedEvent> events) {
        return events.stream().map(RecordedEvent::getSequence).toList();
    }

    /** How the events of an answered append must be read. */
    public static List<RecordedEvent> recorded(AppendRequest request, AppendResponse response) {
        List<RecordedEvent> recorded = new ArrayList<>();
        for (int i = 0; i < request.getEventsCount(); i++) {
            recorded.add(recorded(request.getEvents(i), response.getEvents(i), response.getEvents(0)));
        }
        return recorded;
    }

    private static RecordedEvent recorded(NewEvent event, AppendedEvent appended, AppendedEvent firstOfAppend) {
        int version = Math.max(1, event.getEventVersion());
        return RecordedEvent.newBuilder()
                .setEventId(event.getEventId().isEmpty() ? appended.getEventId() : event.getEventId())
                .setAction(event.getAction())
                .setProducer(event.getProducer())
                .setArtifactId(event.getArtifactId())
                .setArtifactType(event.getArtifactType())
                .setThreadId(event.getThreadId())
                .setEventVersion(version)
                .setPartitionKey(event.getPartitionKey().isEmpty() ? event.getArtifactId() : event.getPartitionKey())
                .setTimestamp(event.hasTimestamp() ? event.getTimestamp() : appended.getRecordedAt())
                .setPayload(event.hasPayload() ? event.getPayload() : json("{}"))
                .putAllMetadata(event.getMetadataMap())
                .setPosition(appended.getPosition())
                .setSequence(appended.getSequence())
                .setRecordedAt(appended.getRecordedAt())
                .setTransactionPosition(firstOfAppend.getPosition())
                .setStoredEventVersion(version)
                .addAllTags(event.getTagsList())
                .build();
    }
}
