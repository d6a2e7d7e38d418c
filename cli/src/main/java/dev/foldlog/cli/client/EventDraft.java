package dev.foldlog.cli.client;

import com.google.protobuf.ByteString;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.Payload;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event as flags describe it; an empty text is a flag that was not given.
 *
 * @param payload JSON text, or null
 * @param opaque bytes and their media type instead of {@code payload}, or null
 */
public record EventDraft(
        String eventId,
        String action,
        String producer,
        String artifactId,
        String artifactType,
        String threadId,
        String partitionKey,
        int eventVersion,
        @Nullable Instant timestamp,
        Map<String, String> metadata,
        List<String> tags,
        @Nullable String payload,
        @Nullable Opaque opaque) {
    /** Opaque bytes. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Opaque(byte[] data, String contentType) {}

    public EventDraft {
        metadata = Map.copyOf(metadata);
        tags = List.copyOf(tags);
    }

    NewEvent event() {
        NewEvent.Builder event = NewEvent.newBuilder()
                .setEventId(eventId)
                .setAction(action)
                .setProducer(producer)
                .setArtifactId(artifactId)
                .setArtifactType(artifactType)
                .setThreadId(threadId)
                .setPartitionKey(partitionKey)
                .setEventVersion(eventVersion)
                .putAllMetadata(metadata)
                .addAllTags(tags);
        if (timestamp != null) {
            event.setTimestamp(Selection.timestamp(timestamp));
        }
        if (payload != null) {
            event.setPayload(Payload.newBuilder().setJson(payload));
        } else if (opaque != null) {
            event.setPayload(Payload.newBuilder()
                    .setData(ByteString.copyFrom(opaque.data()))
                    .setContentType(opaque.contentType()));
        }
        return event.build();
    }
}
