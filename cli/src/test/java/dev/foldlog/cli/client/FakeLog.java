package dev.foldlog.cli.client;

import com.google.protobuf.Timestamp;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.AppendResponse;
import dev.foldlog.v1.AppendedEvent;
import dev.foldlog.v1.ErrorReason;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.Payload;
import dev.foldlog.v1.RecordedEvent;
import io.grpc.StatusException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events in memory, appended all or none and recognised by their ids. Thread-safe. */
final class FakeLog {
    private final List<RecordedEvent> events = new ArrayList<>();
    private final List<NewEvent> proposals = new ArrayList<>();
    private final Map<String, Integer> indexById = new HashMap<>();
    private final Map<String, Long> sequences = new HashMap<>();
    private long appends;
    private int largestAppendBytes;

    synchronized List<RecordedEvent> events() {
        return List.copyOf(events);
    }

    synchronized @Nullable RecordedEvent find(String eventId) {
        Integer index = indexById.get(eventId);
        return index == null ? null : events.get(index);
    }

    /** Appends that were answered with success, replays and validations included. */
    synchronized long appends() {
        return appends;
    }

    synchronized int largestAppendBytes() {
        return largestAppendBytes;
    }

    synchronized AppendResponse append(AppendRequest request) throws StatusException {
        int stored = 0;
        for (int i = 0; i < request.getEventsCount(); i++) {
            NewEvent event = request.getEvents(i);
            if (event.getAction().isEmpty()) {
                throw FakeErrors.badField("events[" + i + "].action", "empty (expected: 1..128 characters)");
            }
            Integer index = indexById.get(event.getEventId());
            if (index != null && !proposals.get(index).equals(event)) {
                throw conflict(event);
            }
            stored += index == null ? 0 : 1;
        }
        if (stored > 0 && stored < request.getEventsCount()) {
            throw conflict(request.getEvents(0));
        }
        appends++;
        largestAppendBytes = Math.max(largestAppendBytes, request.getSerializedSize());
        AppendResponse.Builder answer = AppendResponse.newBuilder().setReplayed(stored > 0);
        if (stored == 0 && !request.getValidateOnly()) {
            request.getEventsList().forEach(this::store);
        }
        if (stored > 0 || !request.getValidateOnly()) {
            request.getEventsList().forEach(event -> answer.addEvents(appended(event)));
        }
        return answer.build();
    }

    private static StatusException conflict(NewEvent event) {
        return FakeErrors.of(
                ErrorReason.ERROR_REASON_EVENT_ID_CONFLICT,
                "event_id is stored with other content",
                "event_id",
                event.getEventId());
    }

    private void store(NewEvent event) {
        String partition = event.getPartitionKey().isEmpty() ? event.getArtifactId() : event.getPartitionKey();
        String id = event.getEventId().isEmpty() ? "made-" + events.size() : event.getEventId();
        long position = events.size() + 1L;
        indexById.put(id, events.size());
        proposals.add(event);
        events.add(RecordedEvent.newBuilder()
                .setEventId(id)
                .setAction(event.getAction())
                .setProducer(event.getProducer())
                .setArtifactId(event.getArtifactId())
                .setArtifactType(event.getArtifactType())
                .setThreadId(event.getThreadId())
                .setEventVersion(Math.max(1, event.getEventVersion()))
                .setPartitionKey(partition)
                .setTimestamp(event.getTimestamp())
                .setPayload(
                        event.hasPayload()
                                ? event.getPayload()
                                : Payload.newBuilder().setJson("{}").build())
                .putAllMetadata(event.getMetadataMap())
                .addAllTags(event.getTagsList())
                .setPosition(position)
                .setSequence(sequences.merge(partition, 1L, Long::sum))
                .setRecordedAt(Timestamp.newBuilder().setSeconds(1_700_000_000L + position))
                .setTransactionPosition(position)
                .setStoredEventVersion(Math.max(1, event.getEventVersion()))
                .build());
    }

    private AppendedEvent appended(NewEvent event) {
        Integer index = indexById.get(event.getEventId());
        RecordedEvent stored = index == null ? events.getLast() : events.get(index);
        return AppendedEvent.newBuilder()
                .setEventId(stored.getEventId())
                .setPartitionKey(stored.getPartitionKey())
                .setSequence(stored.getSequence())
                .setPosition(stored.getPosition())
                .setRecordedAt(stored.getRecordedAt())
                .build();
    }
}
