package dev.foldlog.cli.client;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.Timestamp;
import dev.foldlog.v1.EventFilter;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which events a command wants: set fields are ANDed, the values of one field are ORed, but for tags, of
 * which an event must have all.
 *
 * @param since earliest timestamp, or null
 * @param until timestamps before this, or null
 * @param anyOf an event must also match one of these, when there are any
 * @param where a CEL expression that must also be true, or empty
 */
public record Selection(
        List<String> partitionKeys,
        List<String> actions,
        List<String> artifactTypes,
        List<String> artifactIds,
        List<String> threadIds,
        List<String> producers,
        List<String> tags,
        @Nullable Instant since,
        @Nullable Instant until,
        List<Selection> anyOf,
        String where) {
    public Selection {
        partitionKeys = List.copyOf(partitionKeys);
        actions = List.copyOf(actions);
        artifactTypes = List.copyOf(artifactTypes);
        artifactIds = List.copyOf(artifactIds);
        threadIds = List.copyOf(threadIds);
        producers = List.copyOf(producers);
        tags = List.copyOf(tags);
        anyOf = List.copyOf(anyOf);
        requireNonNull(where, "where");
    }

    /** Everything. */
    public static Selection all() {
        return new Selection(
                List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), null, null, List.of(), "");
    }

    EventFilter filter() {
        EventFilter.Builder filter = EventFilter.newBuilder()
                .addAllPartitionKeys(partitionKeys)
                .addAllActions(actions)
                .addAllArtifactTypes(artifactTypes)
                .addAllArtifactIds(artifactIds)
                .addAllThreadIds(threadIds)
                .addAllProducers(producers)
                .addAllTags(tags)
                .setExpression(where);
        if (since != null) {
            filter.setSince(timestamp(since));
        }
        if (until != null) {
            filter.setUntil(timestamp(until));
        }
        anyOf.forEach(selection -> filter.addAnyOf(selection.filter()));
        return filter.build();
    }

    static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }
}
