package dev.foldlog.expressions;

import dev.foldlog.core.event.Envelope;
import dev.foldlog.core.event.EventFacts;
import dev.foldlog.core.event.Stamp;
import dev.foldlog.core.expression.EventView;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The value of the variable {@code event}: a view's fields under their names. The payload is read when it is first asked
 * for. For one thread at a time.
 */
final class EventValue extends AbstractMap<String, Object> implements Sized {
    private static final long ENVELOPE_CHARS = 4_096;

    private final EventView view;
    private @Nullable JsonObject payload;
    private @Nullable JsonArray tags;
    private @Nullable JsonObject metadata;

    private EventValue(EventView view) {
        this.view = view;
    }

    static EventValue of(EventView view) {
        return view.kept(EventValue.class, EventValue::new);
    }

    /** The payload; null when the event has none to look at. */
    @Nullable
    JsonObject payload() {
        byte[] text = view.payload();
        if (payload == null && text != null) {
            payload = JsonReading.object(text);
        }
        return payload;
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        return key instanceof String name ? field(name) : null;
    }

    private @Nullable Object field(String name) {
        Envelope envelope = view.envelope();
        return switch (name) {
            case "payload" -> payload();
            case "timestamp" -> envelope.timestamp();
            case "metadata" -> metadata();
            case "tags" -> tags();
            case "stored_event_version" -> (long) view.storedVersion();
            default -> {
                Object fact = fact(name, envelope.facts());
                yield fact == null ? place(name, envelope.stamp()) : fact;
            }
        };
    }

    private static @Nullable Object fact(String name, EventFacts facts) {
        return switch (name) {
            case "event_id" -> facts.eventId().text();
            case "action" -> facts.action();
            case "producer" -> facts.producer();
            case "artifact_id" -> facts.artifactId();
            case "artifact_type" -> facts.artifactType();
            case "thread_id" -> facts.threadId();
            case "event_version" -> (long) facts.eventVersion();
            case "partition_key" -> facts.partitionKey();
            default -> null;
        };
    }

    private static @Nullable Object place(String name, Stamp stamp) {
        return switch (name) {
            case "position" -> stamp.position().value();
            case "sequence" -> stamp.sequence().value();
            case "recorded_at" -> stamp.recordedAt();
            case "transaction_position" -> stamp.transactionPosition().value();
            default -> null;
        };
    }

    private JsonArray tags() {
        if (tags == null) {
            JsonArray read = new JsonArray();
            view.envelope().facts().tags().forEach(read::append);
            tags = read;
        }
        return tags;
    }

    /** In order of keys: expressions may go through them, and must find the same order everywhere. */
    private JsonObject metadata() {
        if (metadata == null) {
            JsonObject read = new JsonObject();
            new TreeMap<>(view.envelope().metadata()).forEach(read::add);
            metadata = read;
        }
        return metadata;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return "payload".equals(key)
                ? view.payload() != null
                : key instanceof String name && EventFields.TYPES.containsKey(name);
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        Map<String, Object> entries = new LinkedHashMap<>();
        for (String name : EventFields.TYPES.keySet()) {
            Object value = get(name);
            if (value != null) {
                entries.put(name, value);
            }
        }
        return entries.entrySet();
    }

    @Override
    public long jsonChars() {
        JsonObject read = payload();
        return ENVELOPE_CHARS + metadata().jsonChars() + tags().jsonChars() + (read == null ? 0 : read.jsonChars());
    }

    @Override
    public String toString() {
        return "the event";
    }
}
