package dev.foldlog.client;

import dev.foldlog.v1.EventFilter;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.RecordedEvent;
import java.util.List;
import java.util.stream.IntStream;

/** Events to append, and what is looked at of those that come back. */
final class Events {
    private Events() {}

    static NewEvent event(String artifactId) {
        return draft(artifactId).build();
    }

    static NewEvent.Builder draft(String artifactId) {
        return NewEvent.newBuilder()
                .setAction("approve")
                .setProducer("reviewer:ana")
                .setArtifactType("answer")
                .setArtifactId(artifactId);
    }

    /** Events of one partition with the payloads {"n":0}, {"n":1} and so on. */
    static List<NewEvent> numbered(String artifactId, int count) {
        return IntStream.range(0, count)
                .mapToObj(it -> draft(artifactId)
                        .setPayload(Payloads.json("{\"n\":" + it + "}"))
                        .build())
                .toList();
    }

    static List<Long> positions(List<RecordedEvent> events) {
        return events.stream().map(RecordedEvent::getPosition).toList();
    }

    static List<Long> sequences(List<RecordedEvent> events) {
        return events.stream().map(RecordedEvent::getSequence).toList();
    }

    static EventFilter everything() {
        return EventFilter.getDefaultInstance();
    }

    static EventFilter tagged(String tag) {
        return EventFilter.newBuilder().addTags(tag).build();
    }
}
