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
import static dev.foldlog.cli.client.EventFields.PRODUCER;
import static dev.foldlog.cli.client.EventFields.TAGS;
import static dev.foldlog.cli.client.EventFields.THREAD_ID;
import static dev.foldlog.cli.client.EventFields.TIMESTAMP;

import dev.foldlog.v1.NewEvent;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the JSON form of an event: snake_case names, the payload as an object that is taken over as it is
 * written, byte for byte. Every name is known or an error; null counts as absent. Thread-safe.
 *
 * <p>Only the form is judged here. What a field may hold is judged by the server.
 */
final class EventJsonReader {
    private static final int DEPTH_MAX = 1_000;

    private final JsonFactory factory = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** Reads one event from a text that holds nothing else. */
    NewEvent read(String text) throws EventSyntaxException {
        char[] chars = text.toCharArray();
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), chars)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new EventSyntaxException("no JSON object (expected: one event, such as {\"action\": ...})");
            }
            NewEvent event = object(new FieldReader(parser, chars));
            if (parser.nextToken() != null) {
                throw new EventSyntaxException("text after the event (expected: one JSON object on a line)");
            }
            return event;
        } catch (StreamConstraintsException e) {
            // The depth is the only one that is bounded here.
            throw new EventSyntaxException(
                    "nested too deeply (expected: at most " + DEPTH_MAX + " levels on a line; a payload may have 100)");
        } catch (JacksonException e) {
            throw new EventSyntaxException("no valid JSON at column " + column(e) + ": " + e.getOriginalMessage());
        }
    }

    private static int column(JacksonException e) {
        return e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getColumnNr());
    }

    private static NewEvent object(FieldReader fields) throws EventSyntaxException {
        NewEvent.Builder event = NewEvent.newBuilder();
        PayloadParts payload = new PayloadParts();
        for (String name = fields.nextName(); name != null; name = fields.nextName()) {
            if (fields.isNull()) {
                requireKnown(name);
            } else {
                field(fields, name, event, payload);
            }
        }
        payload.addTo(event);
        return event.build();
    }

    private static void field(FieldReader fields, String name, NewEvent.Builder event, PayloadParts payload)
            throws EventSyntaxException {
        switch (name) {
            case EVENT_ID -> event.setEventId(fields.text(name));
            case ACTION -> event.setAction(fields.text(name));
            case PRODUCER -> event.setProducer(fields.text(name));
            case ARTIFACT_ID -> event.setArtifactId(fields.text(name));
            case ARTIFACT_TYPE -> event.setArtifactType(fields.text(name));
            case THREAD_ID -> event.setThreadId(fields.text(name));
            case EVENT_VERSION -> event.setEventVersion(fields.int32(name));
            case PARTITION_KEY -> event.setPartitionKey(fields.text(name));
            case TIMESTAMP -> event.setTimestamp(fields.timestamp(name));
            case METADATA -> event.putAllMetadata(fields.textsByName(name));
            case TAGS -> event.addAllTags(fields.texts(name));
            case PAYLOAD -> payload.json(fields.objectText(name));
            case PAYLOAD_TEXT -> payload.json(fields.text(name));
            case PAYLOAD_DATA -> payload.data(fields.base64(name));
            case CONTENT_TYPE -> payload.contentType(fields.text(name));
            default -> {
                requireKnown(name);
                fields.skip();
            }
        }
    }

    private static void requireKnown(String name) throws EventSyntaxException {
        if (!EventFields.isKnown(name)) {
            throw new EventSyntaxException(name + ": unknown field" + EventFields.suggestion(name));
        }
    }
}
