package dev.foldlog.cli.client;

import static dev.foldlog.cli.client.EventFields.ACTION;
import static dev.foldlog.cli.client.EventFields.ARTIFACT_ID;
import static dev.foldlog.cli.client.EventFields.ARTIFACT_TYPE;
import static dev.foldlog.cli.client.EventFields.CONTENT_TYPE;
import static dev.foldlog.cli.client.EventFields.EVENT_ID;
import static dev.foldlog.cli.client.EventFields.EVENT_VERSION;
import static dev.foldlog.cli.client.EventFields.METADATA;
import static dev.foldlog.cli.client.EventFields.PARTITION_KEY;
import static dev.foldlog.cli.client.EventFields.PAYLOAD;
import static dev.foldlog.cli.client.EventFields.PAYLOAD_DATA;
import static dev.foldlog.cli.client.EventFields.PAYLOAD_TEXT;
import static dev.foldlog.cli.client.EventFields.POSITION;
import static dev.foldlog.cli.client.EventFields.PRODUCER;
import static dev.foldlog.cli.client.EventFields.RECORDED_AT;
import static dev.foldlog.cli.client.EventFields.SEQUENCE;
import static dev.foldlog.cli.client.EventFields.STORED_EVENT_VERSION;
import static dev.foldlog.cli.client.EventFields.TAGS;
import static dev.foldlog.cli.client.EventFields.THREAD_ID;
import static dev.foldlog.cli.client.EventFields.TIMESTAMP;
import static dev.foldlog.cli.client.EventFields.TRANSACTION_POSITION;

import com.google.protobuf.Timestamp;
import dev.foldlog.cli.shell.LineOutput;
import dev.foldlog.v1.AppendedEvent;
import dev.foldlog.v1.Payload;
import dev.foldlog.v1.RecordedEvent;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Base64;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes the JSON form of events, one object a line. Empty fields are left out. A JSON payload is written
 * as it was stored, byte for byte; one that has line breaks in it, or spaces around it, goes into
 * {@code payload_text} as a JSON text, so that a line stays a line and nothing is lost.
 */
final class EventJsonWriter {
    private final JsonFactory factory = new JsonFactory();
    private final LineOutput output;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(4096);

    EventJsonWriter(LineOutput output) {
        this.output = output;
    }

    void write(RecordedEvent event) {
        try (JsonGenerator json = start()) {
            json.writeNumberProperty(POSITION, event.getPosition());
            json.writeNumberProperty(SEQUENCE, event.getSequence());
            text(json, EVENT_ID, event.getEventId());
            text(json, ACTION, event.getAction());
            text(json, PRODUCER, event.getProducer());
            text(json, ARTIFACT_TYPE, event.getArtifactType());
            text(json, ARTIFACT_ID, event.getArtifactId());
            text(json, THREAD_ID, event.getThreadId());
            text(json, PARTITION_KEY, event.getPartitionKey());
            json.writeNumberProperty(EVENT_VERSION, event.getEventVersion());
            time(json, TIMESTAMP, event.getTimestamp());
            time(json, RECORDED_AT, event.getRecordedAt());
            tags(json, event);
            metadata(json, event);
            payload(json, event.getPayload());
            json.writeNumberProperty(TRANSACTION_POSITION, event.getTransactionPosition());
            json.writeNumberProperty(STORED_EVENT_VERSION, event.getStoredEventVersion());
            json.writeEndObject();
        }
        end();
    }

    /** Writes where an event went. */
    void write(AppendedEvent event, boolean isReplayed) {
        try (JsonGenerator json = start()) {
            json.writeNumberProperty(POSITION, event.getPosition());
            json.writeNumberProperty(SEQUENCE, event.getSequence());
            text(json, EVENT_ID, event.getEventId());
            text(json, PARTITION_KEY, event.getPartitionKey());
            time(json, RECORDED_AT, event.getRecordedAt());
            json.writeBooleanProperty("replayed", isReplayed);
            json.writeEndObject();
        }
        end();
    }

    private JsonGenerator start() {
        line.reset();
        JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), line);
        json.writeStartObject();
        return json;
    }

    private void end() {
        line.write('\n');
        output.write(line.toByteArray());
    }

    private static void text(JsonGenerator json, String name, String value) {
        if (!value.isEmpty()) {
            json.writeStringProperty(name, value);
        }
    }

    private static void time(JsonGenerator json, String name, Timestamp time) {
        json.writeStringProperty(
                name, Instant.ofEpochSecond(time.getSeconds(), time.getNanos()).toString());
    }

    private static void tags(JsonGenerator json, RecordedEvent event) {
        if (event.getTagsCount() > 0) {
            json.writeArrayPropertyStart(TAGS);
            event.getTagsList().forEach(json::writeString);
            json.writeEndArray();
        }
    }

    private static void metadata(JsonGenerator json, RecordedEvent event) {
        if (event.getMetadataCount() > 0) {
            json.writeObjectPropertyStart(METADATA);
            event.getMetadataMap().forEach(json::writeStringProperty);
            json.writeEndObject();
        }
    }

    private static void payload(JsonGenerator json, Payload payload) {
        switch (payload.getContentCase()) {
            case JSON -> jsonPayload(json, payload.getJson());
            case DATA -> {
                json.writeStringProperty(
                        PAYLOAD_DATA,
                        Base64.getEncoder().encodeToString(payload.getData().toByteArray()));
                text(json, CONTENT_TYPE, payload.getContentType());
            }
            case JSON_OBJECT -> throw new IllegalStateException("payload: json_object (expected: the form asked for)");
            case CONTENT_NOT_SET -> {
                // Events read without their payloads.
            }
        }
    }

    private static void jsonPayload(JsonGenerator json, String text) {
        if (isOneLine(text)) {
            json.writeName(PAYLOAD);
            json.writeRawValue(text);
        } else {
            json.writeStringProperty(PAYLOAD_TEXT, text);
        }
    }

    /** Whether the text can stand in a line as it is and be found there again. */
    private static boolean isOneLine(String text) {
        return text.startsWith("{") && text.endsWith("}") && text.indexOf('\n') < 0 && text.indexOf('\r') < 0;
    }
}
