package dev.foldlog.projections.grpc;

import com.google.protobuf.Timestamp;
import dev.foldlog.core.read.EventFilter;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Filters as messages, and back; values in order, so that equal filters have equal bytes. */
final class FilterMessages {
    private FilterMessages() {}

    static dev.foldlog.v1.EventFilter message(EventFilter filter) {
        dev.foldlog.v1.EventFilter.Builder message = dev.foldlog.v1.EventFilter.newBuilder()
                .addAllPartitionKeys(sorted(filter.partitionKeys()))
                .addAllActions(sorted(filter.actions()))
                .addAllArtifactTypes(sorted(filter.artifactTypes()))
                .addAllArtifactIds(sorted(filter.artifactIds()))
                .addAllThreadIds(sorted(filter.threadIds()))
                .addAllProducers(sorted(filter.producers()))
                .addAllTags(sorted(filter.tags()));
        filter.anyOf().forEach(it -> message.addAnyOf(message(it)));
        if (filter.since() != null) {
            message.setSince(timestamp(filter.since()));
        }
        if (filter.until() != null) {
            message.setUntil(timestamp(filter.until()));
        }
        return message.build();
    }

    /** The filter of a message that {@link #message} made. */
    static EventFilter filter(dev.foldlog.v1.EventFilter message) {
        return new EventFilter(
                Set.copyOf(message.getPartitionKeysList()),
                Set.copyOf(message.getActionsList()),
                Set.copyOf(message.getArtifactTypesList()),
                Set.copyOf(message.getArtifactIdsList()),
                Set.copyOf(message.getThreadIdsList()),
                Set.copyOf(message.getProducersList()),
                message.hasSince() ? instant(message.getSince()) : null,
                message.hasUntil() ? instant(message.getUntil()) : null,
                Set.copyOf(message.getTagsList()),
                message.getAnyOfList().stream().map(FilterMessages::filter).toList());
    }

    static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }

    private static List<String> sorted(Set<String> values) {
        return values.stream().sorted().toList();
    }

    static @Nullable Instant instantOrNull(boolean isSet, Timestamp time) {
        return isSet ? instant(time) : null;
    }
}
