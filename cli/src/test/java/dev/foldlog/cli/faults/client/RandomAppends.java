package dev.foldlog.cli.faults.client;

import com.google.protobuf.Timestamp;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.EventFilter;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.NoEventsMatching;
import dev.foldlog.v1.PartitionCondition;
import dev.foldlog.v1.Payload;
import dev.foldlog.v1.Precondition;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * Makes appends: single events and several, over a few partitions that everybody shares, some with
 * preconditions. The ids are UUIDv7, so every append is safe to repeat. Confined to one thread.
 */
final class RandomAppends {
    static final int PARTITIONS = 24;
    static final String PRODUCER = "fault-test";

    private static final int EVENTS_MAX = 12;
    private static final int PAYLOAD_CHARS_MAX = 600;

    private final RandomGenerator random;
    private final Knowledge knowledge;

    RandomAppends(RandomGenerator random, Knowledge knowledge) {
        this.random = random;
        this.knowledge = knowledge;
    }

    AppendRequest next() {
        AppendRequest.Builder append = AppendRequest.newBuilder();
        int events = random.nextInt(3) > 0 ? 1 : 2 + random.nextInt(EVENTS_MAX - 1);
        for (int i = 0; i < events; i++) {
            append.addEvents(event());
        }
        switch (random.nextInt(8)) {
            case 0 -> append.addPreconditions(sequenceUnchanged(append.getEvents(0)));
            case 1 -> append.addPreconditions(noneSince());
            default -> {}
        }
        return append.build();
    }

    private NewEvent event() {
        NewEvent.Builder event = NewEvent.newBuilder()
                .setEventId(idOf(System.currentTimeMillis()))
                .setAction(random.nextBoolean() ? "approve" : "edit")
                .setProducer(PRODUCER)
                .setArtifactId("artifact-" + random.nextInt(PARTITIONS))
                .setArtifactType("completion")
                .setPayload(payload());
        if (random.nextInt(4) == 0) {
            event.setThreadId("thread-" + random.nextInt(5)).putMetadata("trace", Long.toHexString(random.nextLong()));
        }
        if (random.nextInt(4) == 0) {
            event.setPartitionKey(event.getArtifactId()).setEventVersion(2);
        }
        if (random.nextInt(4) == 0) {
            event.setTimestamp(Timestamp.newBuilder().setSeconds(1_700_000_000L + random.nextInt(1_000_000)));
        }
        if (random.nextInt(3) == 0) {
            event.addTags("user:" + random.nextInt(50));
        }
        return event.build();
    }

    private Payload payload() {
        StringBuilder text = new StringBuilder("{\"text\": \"");
        int chars = random.nextInt(PAYLOAD_CHARS_MAX);
        while (text.length() < chars) {
            text.append(Long.toString(random.nextLong(), Character.MAX_RADIX));
        }
        return Payload.newBuilder().setJson(text.append("\"}").toString()).build();
    }

    /** Holds when nobody came in between: often, not always. */
    private Precondition sequenceUnchanged(NewEvent event) {
        String key = event.getArtifactId();
        return Precondition.newBuilder()
                .setPartition(
                        PartitionCondition.newBuilder().setPartitionKey(key).setSequence(knowledge.sequence(key)))
                .build();
    }

    private Precondition noneSince() {
        EventFilter filter =
                EventFilter.newBuilder().addTags("user:" + random.nextInt(50)).build();
        return Precondition.newBuilder()
                .setNoEventsMatching(
                        NoEventsMatching.newBuilder().setFilter(filter).setAfterPosition(knowledge.position()))
                .build();
    }

    private static String idOf(long millis) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = millis << 16 | 0x7000 | random.nextInt(0x1000);
        long low = random.nextLong() >>> 2 | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }
}
