package dev.foldlog.cli.client;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.Payload;
import dev.foldlog.v1.RecordedEvent;
import java.util.List;

/** A stored event beside the line that claims to be it. */
final class StoredEvent {
    private static final String EMPTY_PAYLOAD = "{}";

    private StoredEvent() {}

    /**
     * The fields in which the line says something else than what is stored; none: it is that event. What
     * the line leaves to the server (version, partition, time) is not compared; what an export has filled
     * in there is, and is equal.
     */
    static List<String> differences(NewEvent line, RecordedEvent stored) {
        NewEvent proposed = asProposed(stored);
        NewEvent claimed = filled(line, proposed);
        return NewEvent.getDescriptor().getFields().stream()
                .filter(field -> !value(claimed, field).equals(value(proposed, field)))
                .map(FieldDescriptor::getName)
                .toList();
    }

    /** Both kinds of events have the same fields under the same numbers. */
    private static NewEvent asProposed(RecordedEvent stored) {
        try {
            return DiscardUnknownFieldsParser.wrap(NewEvent.parser()).parseFrom(stored.toByteString());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("event_id: " + stored.getEventId() + ": a recorded event is no event", e);
        }
    }

    private static NewEvent filled(NewEvent line, NewEvent stored) {
        NewEvent.Builder filled = line.toBuilder();
        if (line.getEventVersion() == 0) {
            filled.setEventVersion(1);
        }
        if (line.getPartitionKey().isEmpty()) {
            filled.setPartitionKey(stored.getPartitionKey());
        }
        if (!line.hasTimestamp() && stored.hasTimestamp()) {
            filled.setTimestamp(stored.getTimestamp());
        }
        if (!line.hasPayload()) {
            filled.setPayload(Payload.newBuilder().setJson(EMPTY_PAYLOAD));
        }
        return filled.build();
    }

    private static Object value(NewEvent event, FieldDescriptor field) {
        return field.isMapField() ? event.getMetadataMap() : event.getField(field);
    }
}
