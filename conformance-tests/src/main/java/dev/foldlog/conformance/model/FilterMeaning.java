package dev.foldlog.conformance.model;

import dev.foldlog.conformance.wire.Times;
import dev.foldlog.v1.EventFilter;
import dev.foldlog.v1.RecordedEvent;
import java.util.List;

/** What a filter means, evaluated event by event. */
public final class FilterMeaning {
    private FilterMeaning() {}

    /** Whether the event matches. Expressions are not evaluated here. */
    public static boolean matches(EventFilter filter, RecordedEvent event) {
        return accepts(filter.getPartitionKeysList(), event.getPartitionKey())
                && accepts(filter.getActionsList(), event.getAction())
                && accepts(filter.getArtifactTypesList(), event.getArtifactType())
                && accepts(filter.getArtifactIdsList(), event.getArtifactId())
                && accepts(filter.getThreadIdsList(), event.getThreadId())
                && accepts(filter.getProducersList(), event.getProducer())
                && isInTime(filter, event)
                && event.getTagsList().containsAll(filter.getTagsList())
                && (filter.getAnyOfCount() == 0
                        || filter.getAnyOfList().stream().anyMatch(it -> matches(it, event)));
    }

    /** The events that match, in their order. */
    public static List<RecordedEvent> matching(EventFilter filter, List<RecordedEvent> events) {
        return events.stream().filter(it -> matches(filter, it)).toList();
    }

    private static boolean accepts(List<String> wanted, String actual) {
        return wanted.isEmpty() || wanted.contains(actual);
    }

    private static boolean isInTime(EventFilter filter, RecordedEvent event) {
        var time = Times.instant(event.getTimestamp());
        return (!filter.hasSince() || !time.isBefore(Times.instant(filter.getSince())))
                && (!filter.hasUntil() || time.isBefore(Times.instant(filter.getUntil())));
    }
}
