package dev.foldlog.server.grpc.validation;

import static java.util.Objects.requireNonNull;

import dev.foldlog.core.event.EventFacts;
import dev.foldlog.core.event.EventId;
import dev.foldlog.core.event.IdOrigin;
import dev.foldlog.server.grpc.codec.ProposedEnvelope;
import dev.foldlog.v1.NewEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Judges the events of one append and makes the store's own of them. Confined to one thread. */
final class NewEventValidator {
    private static final int METADATA_ENTRIES_MAX = 64;
    private static final int METADATA_BYTES_MAX = 16 << 10;
    private static final int TAGS_MAX = 16;

    private final PayloadValidator payloads;
    private final Instant latest;
    private final Violations violations;

    /**
     * A validator for one append.
     *
     * @param latest the latest time that an event may have
     */
    NewEventValidator(PayloadValidator payloads, Instant latest, Violations violations) {
        this.payloads = requireNonNull(payloads, "payloads");
        this.latest = requireNonNull(latest, "latest");
        this.violations = requireNonNull(violations, "violations");
    }

    /** The event under the id given or made; null, and violations, when something is wrong with it. */
    dev.foldlog.core.event.@Nullable NewEvent validate(NewEvent event, EventId id, IdOrigin origin, FieldPath path) {
        int before = violations.count();
        checkTexts(event, path);
        checkMetadata(event.getMetadataMap(), path.field("metadata"));
        List<String> tags = tags(event, path);
        Instant timestamp = event.hasTimestamp()
                ? TimeChecks.eventTime(event.getTimestamp(), latest, path.field("timestamp"), violations)
                : null;
        byte[] payload = payloads.validate(event.getPayload(), path.field("payload"), violations);
        if (violations.count() > before) {
            return null;
        }
        EventFacts facts = facts(event, id, tags);
        return new dev.foldlog.core.event.NewEvent(
                facts,
                origin,
                timestamp,
                ProposedEnvelope.encode(event, facts),
                payload,
                PayloadValidator.form(event.getPayload()));
    }

    private void checkTexts(NewEvent event, FieldPath path) {
        TextRule.ACTION.check(event.getAction(), path, "action", violations);
        TextRule.PRODUCER.check(event.getProducer(), path, "producer", violations);
        TextRule.ARTIFACT_ID.check(event.getArtifactId(), path, "artifact_id", violations);
        TextRule.ARTIFACT_TYPE.check(event.getArtifactType(), path, "artifact_type", violations);
        TextRule.THREAD_ID.check(event.getThreadId(), path, "thread_id", violations);
        TextRule.OWN_PARTITION_KEY.check(event.getPartitionKey(), path, "partition_key", violations);
        if (event.getEventVersion() < 0) {
            violations.malformed(
                    path.field("event_version"),
                    Integer.toString(event.getEventVersion()),
                    "1 to " + Integer.MAX_VALUE + ", or 0 for 1");
        }
    }

    private void checkMetadata(Map<String, String> metadata, FieldPath path) {
        if (metadata.size() > METADATA_ENTRIES_MAX) {
            violations.overLimit(path, "max_metadata_entries", metadata.size(), METADATA_ENTRIES_MAX);
            return;
        }
        long bytes = 0;
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
            String key = entry.getKey();
            bytes += Utf8.bytes(key) + Utf8.bytes(entry.getValue());
            if (key.startsWith("$")) {
                violations.malformedText(path, key, "no key that starts with '$'");
            }
            if (!Utf8.isCleanText(key) || !Utf8.isCleanText(entry.getValue())) {
                violations.malformedText(path, key, "key and value without NUL");
            }
        }
        if (bytes > METADATA_BYTES_MAX) {
            violations.overLimit(path, "max_metadata_bytes", bytes, METADATA_BYTES_MAX);
        }
    }

    /** The different tags, in the order given. */
    private List<String> tags(NewEvent event, FieldPath path) {
        if (event.getTagsCount() == 0) {
            return List.of();
        }
        List<String> tags = event.getTagsList().stream().distinct().toList();
        if (tags.size() > TAGS_MAX) {
            violations.overLimit(path.field("tags"), "max_tags", tags.size(), TAGS_MAX);
            return List.of();
        }
        for (String tag : tags) {
            TextRule.TAG.check(tag, path.element("tags", event.getTagsList().indexOf(tag)), violations);
        }
        return tags;
    }

    private static EventFacts facts(NewEvent event, EventId id, List<String> tags) {
        return new EventFacts(
                id,
                event.getPartitionKey().isEmpty() ? event.getArtifactId() : event.getPartitionKey(),
                event.getAction(),
                event.getProducer(),
                event.getArtifactId(),
                event.getArtifactType(),
                event.getThreadId(),
                event.getEventVersion() == 0 ? 1 : event.getEventVersion(),
                tags);
    }
}
