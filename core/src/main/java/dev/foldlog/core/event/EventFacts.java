package dev.foldlog.core.event;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The facts about an event that stores index and filters look at, as proposed or as recorded.
 *
 * @param partitionKey the unit of strict order
 * @param threadId empty when there is none
 * @param eventVersion schema version of the payload, from 1
 * @param tags in the order given, no tag twice
 */
public record EventFacts(
        EventId eventId,
        String partitionKey,
        String action,
        String producer,
        String artifactId,
        String artifactType,
        String threadId,
        int eventVersion,
        List<String> tags) {
    public EventFacts {
        requireNonNull(eventId, "eventId");
        requireNonNull(partitionKey, "partitionKey");
        requireNonNull(action, "action");
        requireNonNull(producer, "producer");
        requireNonNull(artifactId, "artifactId");
        requireNonNull(artifactType, "artifactType");
        requireNonNull(threadId, "threadId");
        tags = List.copyOf(tags);
        if (eventVersion < 1) {
            throw new IllegalArgumentException("eventVersion: " + eventVersion + " (expected: >= 1)");
        }
    }

    /** The same event at another schema version. */
    public EventFacts withEventVersion(int version) {
        return new EventFacts(
                eventId, partitionKey, action, producer, artifactId, artifactType, threadId, version, tags);
    }
}
