package dev.foldlog.conformance.model;

import com.google.protobuf.Timestamp;
import dev.foldlog.conformance.wire.Times;
import dev.foldlog.v1.EventFilter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Filters over {@link EventCorpus}: each field alone, their combinations, and some generated ones. */
public final class FilterCorpus {
    private static final long SEED = 11;
    private static final int GENERATED = 24;

    private FilterCorpus() {}

    /** The filters by name, in a fixed order. */
    public static Map<String, EventFilter> filters() {
        Map<String, EventFilter> filters = new LinkedHashMap<>();
        addSingleFields(filters);
        addTimes(filters);
        addCombinations(filters);
        addAlternatives(filters);
        Random random = new Random(SEED);
        for (int i = 0; i < GENERATED; i++) {
            filters.put("generated " + i, generated(random, i % 3).build());
        }
        return filters;
    }

    private static void addSingleFields(Map<String, EventFilter> filters) {
        filters.put("all", filter().build());
        filters.put("one partition", filter().addPartitionKeys("artifact-3").build());
        filters.put(
                "three partitions",
                filter().addPartitionKeys("artifact-3")
                        .addPartitionKeys("artifact-4/t1")
                        .addPartitionKeys("artifact-5/")
                        .build());
        filters.put(
                "an unknown partition", filter().addPartitionKeys("artifact").build());
        filters.put(
                "unknown and known partitions",
                filter().addPartitionKeys("none").addPartitionKeys("artifact-0").build());
        filters.put("one action", filter().addActions("edit").build());
        filters.put(
                "two actions", filter().addActions("edit").addActions("rank").build());
        filters.put("an unknown action", filter().addActions("Edit").build());
        filters.put(
                "unknown and known actions",
                filter().addActions("none").addActions("label").build());
        filters.put("all actions", filter().addAllActions(EventCorpus.ACTIONS).build());
        filters.put("one artifact type", filter().addArtifactTypes("summary").build());
        filters.put("an unknown artifact type", filter().addArtifactTypes("sum").build());
        filters.put("one artifact", filter().addArtifactIds("artifact-7").build());
        filters.put(
                "many artifacts",
                filter().addAllArtifactIds(IntStream.range(1, 1000)
                                .mapToObj(it -> "artifact-" + it)
                                .toList())
                        .build());
        filters.put("one thread", filter().addThreadIds("t2").build());
        filters.put(
                "two threads", filter().addThreadIds("t1").addThreadIds("t3").build());
        filters.put("one producer", filter().addProducers("Ünal").build());
        filters.put(
                "two producers",
                filter().addProducers("bob").addProducers("model:v1").build());
        filters.put("one tag", filter().addTags("user:1").build());
        filters.put(
                "a tag that is the beginning of another",
                filter().addTags("user:").build());
        filters.put("two tags", filter().addTags("user:1").addTags("course:2").build());
        filters.put(
                "three tags",
                filter().addTags("x").addTags("user:2").addTags("ключ").build());
        filters.put("an unknown tag", filter().addTags("user:3").build());
        filters.put(
                "a known and an unknown tag",
                filter().addTags("user:1").addTags("none").build());
    }

    private static void addTimes(Map<String, EventFilter> filters) {
        filters.put("since the middle", filter().setSince(at(100)).build());
        filters.put("since before all", filter().setSince(at(-1)).build());
        filters.put(
                "since after all", filter().setSince(at(EventCorpus.SECONDS)).build());
        filters.put("until the middle", filter().setUntil(at(100)).build());
        filters.put("until the first", filter().setUntil(at(0)).build());
        filters.put("one second", filter().setSince(at(50)).setUntil(at(51)).build());
        filters.put("no time at all", filter().setSince(at(50)).setUntil(at(50)).build());
        filters.put(
                "times the wrong way round",
                filter().setSince(at(80)).setUntil(at(20)).build());
        filters.put(
                "times beyond what clocks show",
                filter().setSince(Times.time("0001-01-01T00:00:00Z"))
                        .setUntil(Times.time("9999-12-31T23:59:59Z"))
                        .build());
    }

    private static void addCombinations(Map<String, EventFilter> filters) {
        filters.put(
                "action and tag",
                filter().addActions("approve").addTags("course:1").build());
        filters.put(
                "action and partition",
                filter().addActions("edit").addPartitionKeys("artifact-2").build());
        filters.put(
                "partition and another artifact",
                filter().addPartitionKeys("artifact-2")
                        .addArtifactIds("artifact-3")
                        .build());
        filters.put(
                "producer and time",
                filter().addProducers("alice")
                        .setSince(at(60))
                        .setUntil(at(140))
                        .build());
        filters.put(
                "tag and time",
                filter().addTags("source:explicit").setSince(at(120)).build());
        filters.put(
                "partition and tag",
                filter().addPartitionKeys("artifact-1").addTags("x").build());
        filters.put(
                "thread and type",
                filter().addThreadIds("t1").addArtifactTypes("ranking").build());
        filters.put(
                "every field",
                filter().addAllPartitionKeys(List.of("artifact-1", "artifact-2", "artifact-3", "artifact-4/t1"))
                        .addAllActions(EventCorpus.ACTIONS.subList(0, 3))
                        .addAllArtifactTypes(EventCorpus.TYPES.subList(0, 2))
                        .addAllArtifactIds(List.of("artifact-1", "artifact-2", "artifact-4"))
                        .addAllThreadIds(List.of("t1", "t2"))
                        .addAllProducers(EventCorpus.PRODUCERS)
                        .setSince(at(5))
                        .setUntil(at(190))
                        .build());
    }

    private static void addAlternatives(Map<String, EventFilter> filters) {
        filters.put(
                "one alternative",
                filter().addAnyOf(filter().addActions("rank")).build());
        filters.put(
                "alternatives of tags and actions",
                filter().addAnyOf(filter().addActions("approve").addTags("user:1"))
                        .addAnyOf(filter().addActions("reject")
                                .addTags("course:1")
                                .addTags("x"))
                        .build());
        filters.put(
                "alternatives that overlap",
                filter().addAnyOf(filter().addTags("user:1"))
                        .addAnyOf(filter().addTags("user:2"))
                        .build());
        filters.put(
                "alternatives beside fields",
                filter().addArtifactTypes("completion")
                        .addTags("course:1")
                        .addAnyOf(filter().addTags("user:1"))
                        .addAnyOf(filter().addProducers("bob"))
                        .build());
        filters.put(
                "an alternative that matches all",
                filter().addActions("edit")
                        .addAnyOf(filter())
                        .addAnyOf(filter().addTags("none"))
                        .build());
        filters.put(
                "alternatives that match nothing",
                filter().addAnyOf(filter().addTags("none"))
                        .addAnyOf(filter().addActions("none"))
                        .build());
        filters.put(
                "alternatives of partitions and times",
                filter().addAnyOf(filter().addPartitionKeys("artifact-1").setUntil(at(100)))
                        .addAnyOf(filter().addPartitionKeys("artifact-2").setSince(at(100)))
                        .addAnyOf(filter().addThreadIds("t3").addArtifactIds("artifact-3"))
                        .build());
    }

    private static EventFilter.Builder generated(Random random, int alternatives) {
        EventFilter.Builder filter = filter();
        pick(random, EventCorpus.ACTIONS, 3).forEach(filter::addActions);
        pick(random, EventCorpus.TYPES, 4).forEach(filter::addArtifactTypes);
        pick(random, EventCorpus.PRODUCERS, 4).forEach(filter::addProducers);
        pick(random, EventCorpus.THREADS.subList(1, 4), 6).forEach(filter::addThreadIds);
        if (random.nextInt(4) == 0) {
            filter.addTags(EventCorpus.TAGS.get(random.nextInt(EventCorpus.TAGS.size())));
        }
        if (random.nextInt(5) == 0) {
            filter.setSince(at(random.nextInt(150)));
        }
        for (int i = 0; i < alternatives; i++) {
            filter.addAnyOf(generated(random, 0));
        }
        return filter;
    }

    /** Some of the values, or none: the rarer the greater {@code rarity}. */
    private static List<String> pick(Random random, List<String> values, int rarity) {
        if (random.nextInt(rarity) != 0) {
            return List.of();
        }
        int from = random.nextInt(values.size());
        return values.subList(from, Math.min(values.size(), from + 1 + random.nextInt(3)));
    }

    private static EventFilter.Builder filter() {
        return EventFilter.newBuilder();
    }

    private static Timestamp at(int second) {
        Instant time = EventCorpus.FIRST_TIME.plusSeconds(second);
        return Times.timestamp(time);
    }
}
