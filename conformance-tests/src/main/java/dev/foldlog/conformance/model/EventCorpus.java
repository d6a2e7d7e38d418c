package dev.foldlog.conformance.model;

import dev.foldlog.conformance.wire.Times;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.Payload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** A generated set of events, the same for the same seed: few values in each field, so that filters meet. */
public final class EventCorpus {
    /** The values that each field takes. */
    public static final List<String> ACTIONS = List.of("approve", "edit", "reject", "rank", "label");

    public static final List<String> TYPES = List.of("completion", "ranking", "summary");
    public static final List<String> PRODUCERS = List.of("alice", "bob", "model:v1", "Ünal");
    public static final List<String> THREADS = List.of("", "t1", "t2", "t3");
    public static final List<String> TAGS =
            List.of("user:1", "user:2", "user:10", "course:1", "course:2", "source:explicit", "ключ", "x");

    /** The first second of the events' times; they span {@link #SECONDS}. */
    public static final Instant FIRST_TIME = Instant.parse("2023-06-01T00:00:00Z");

    /** Seconds over which the times are spread. */
    public static final int SECONDS = 200;

    private static final int ARTIFACTS = 15;

    private EventCorpus() {}

    /** The events, to be appended in this order; the same for a seed but for their ids, which are always new. */
    public static List<NewEvent> events(long seed, int count) {
        Random random = new Random(seed);
        List<NewEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(event(random, i));
        }
        return events;
    }

    private static NewEvent event(Random random, int number) {
        String artifact = "artifact-" + random.nextInt(ARTIFACTS);
        String thread = any(random, THREADS);
        NewEvent.Builder event = NewEvent.newBuilder()
                .setEventId(UUID.randomUUID().toString())
                .setAction(any(random, ACTIONS))
                .setProducer(any(random, PRODUCERS))
                .setArtifactId(artifact)
                .setArtifactType(any(random, TYPES))
                .setThreadId(thread)
                .setTimestamp(Times.timestamp(FIRST_TIME.plusSeconds(random.nextInt(SECONDS))))
                .setPayload(Payload.newBuilder().setJson("{\"number\":" + number + "}"));
        if (random.nextInt(3) == 0) {
            event.setPartitionKey(artifact + "/" + thread);
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            String tag = any(random, TAGS);
            if (!event.getTagsList().contains(tag)) {
                event.addTags(tag);
            }
        }
        return event.build();
    }

    private static String any(Random random, List<String> values) {
        return values.get(random.nextInt(values.size()));
    }
}
