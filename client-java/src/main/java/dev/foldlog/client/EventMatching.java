package dev.foldlog.client;

import com.google.protobuf.Timestamp;
import dev.foldlog.v1.EventFilter;
import dev.foldlog.v1.RecordedEvent;
import java.util.List;

/** What a filter means, evaluated here: for events that are not stored yet. Expressions cannot be. */
final class EventMatching {
    private EventMatching() {}

    /** Whether the filter, or an alternative in it, has an expression. */
    static boolean hasExpression(EventFilter filter) {
        return !filter.getExpression().isEmpty()
                || filter.getAnyOfList().stream().anyMatch(EventMatching::hasExpression);
    }

    /** Whether an event matches a filter without expressions. */
    static boolean matches(EventFilter filter, RecordedEvent event) {
        return accepts(filter.getPartitionKeysList(), event.getPartitionKey())
                && accepts(filter.getActionsList(), event.getAction())
                && accepts(filter.getArtifactTypesList(), event.getArtifactType())
                && accepts(filter.getArtifactIdsList(), event.getArtifactId())
                && accepts(filter.getThreadIdsList(), event.getThreadId())
                && accepts(filter.getProducersList(), event.getProducer())
                && isInTime(filter, event.getTimestamp())
                && event.getTagsList().containsAll(filter.getTagsList())
                && (filter.getAnyOfCount() == 0
                        || filter.getAnyOfList().stream().anyMatch(it -> matches(it, event)));
    }

    private static boolean accepts(List<String> wanted, String actual) {
        return wanted.isEmpty() || wanted.contains(actual);
    }

    private static boolean isInTime(EventFilter filter, Timestamp time) {
        return (!filter.hasSince() || WireTimes.instant(time).compareTo(WireTimes.instant(filter.getSince())) >= 0)
                && (!filter.hasUntil() || WireTimes.instant(time).compareTo(WireTimes.instant(filter.getUntil())) < 0);
    }
}
