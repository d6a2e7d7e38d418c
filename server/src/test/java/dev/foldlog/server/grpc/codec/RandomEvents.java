package dev.foldlog.server.grpc.codec;

import com.google.protobuf.Timestamp;
import dev.foldlog.core.event.EventFacts;
import dev.foldlog.core.event.EventId;
import dev.foldlog.core.event.IdOrigin;
import dev.foldlog.core.event.PayloadForm;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.Sequence;
import dev.foldlog.core.event.Stamp;
import dev.foldlog.v1.NewEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Makes events of every shape from a seed. */
public final class RandomEvents {
    private static final List<String> LETTERS =
            List.of("a", "Z", "0", ".", "é", "€", "\uff5e", "😀", "\uffff", "'", "\"", "\n", " ");

    private final Random random;

    public RandomEvents(Random random) {
        this.random = random;
    }

    public String text(int min, int max) {
        StringBuilder text = new StringBuilder();
        int length = min + random.nextInt(max - min + 1);
        for (int i = 0; i < length; i++) {
            text.append(LETTERS.get(random.nextInt(LETTERS.size())));
        }
        return text.toString();
    }

    public NewEvent event() {
        NewEvent.Builder event = NewEvent.newBuilder()
                .setEventId(text(1, 30))
                .setAction(text(1, 10))
                .setProducer(text(1, 10))
                .setArtifactId(text(1, 40))
                .setArtifactType(text(1, 10))
                .setThreadId(text(0, 5))
                .setEventVersion(random.nextInt(3))
                .setPartitionKey(random.nextBoolean() ? "" : text(1, 200));
        if (random.nextBoolean()) {
            event.setTimestamp(Timestamp.newBuilder()
                    .setSeconds(random.nextLong(-8_000_000_000L, 8_000_000_000L))
                    .setNanos(random.nextInt(1_000_000_000)));
        }
        int metadata = random.nextInt(5);
        for (int i = 0; i < metadata; i++) {
            event.putMetadata(text(1, 3), text(0, 200));
        }
        Set<String> tags = new LinkedHashSet<>();
        int tagCount = random.nextInt(4);
        for (int i = 0; i < tagCount; i++) {
            tags.add(text(1, 20));
        }
        return event.addAllTags(tags).build();
    }

    public Stamp stamp() {
        long position = 1 + random.nextLong(1L << random.nextInt(1, 62));
        return new Stamp(
                new Position(position),
                new Sequence(1 + random.nextLong(position)),
                Instant.ofEpochSecond(random.nextLong(2_000_000_000L), random.nextInt(1_000_000_000)),
                new Position(1 + random.nextLong(position)));
    }

    /** The event as it goes to a store, with some JSON as its payload. */
    static dev.foldlog.core.event.NewEvent proposed(NewEvent event) {
        return proposed(event, "{\"a\":1}");
    }

    static dev.foldlog.core.event.NewEvent proposed(NewEvent event, String json) {
        EventId id = new EventId(event.getEventId());
        EventFacts facts = new EventFacts(
                id,
                event.getPartitionKey().isEmpty() ? event.getArtifactId() : event.getPartitionKey(),
                event.getAction(),
                event.getProducer(),
                event.getArtifactId(),
                event.getArtifactType(),
                event.getThreadId(),
                Math.max(1, event.getEventVersion()),
                event.getTagsList());
        return new dev.foldlog.core.event.NewEvent(
                facts,
                IdOrigin.CLIENT,
                event.hasTimestamp() ? ProtoTimes.instant(event.getTimestamp()) : null,
                ProposedEnvelope.encode(event, facts),
                json.getBytes(StandardCharsets.UTF_8),
                PayloadForm.JSON);
    }
}
