package dev.foldlog.cli.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.Payload;
import dev.foldlog.v1.RecordedEvent;
import java.util.random.RandomGenerator;

/** Events of every shape, the same for the same random numbers. */
final class EventGenerator {
    private static final String[] LETTERS = {
        "a", "Z", "7", " ", "\"", "\\", "/", "\n", "\r", "\t", "\u0000", "\u007f", "é", "\u2028", "漢", "😀", "{", "}"
    };
    private static final String[] NUMBERS = {
        "0", "-0", "1.10", "1e400", "-1E-7", "9007199254740993", "123456789012345678901234567890", "0.1000"
    };

    private final RandomGenerator random;

    EventGenerator(RandomGenerator random) {
        this.random = random;
    }

    NewEvent event() {
        NewEvent.Builder event = NewEvent.newBuilder()
                .setEventId(text(6))
                .setAction(text(5))
                .setProducer(text(5))
                .setArtifactId(text(5))
                .setArtifactType(text(5))
                .setThreadId(text(3))
                .setPartitionKey(text(3))
                .setEventVersion(1 + random.nextInt(3))
                .setTimestamp(Timestamp.newBuilder()
                        .setSeconds(random.nextLong(-8_520_336_000L, 9_000_000_000L))
                        .setNanos(random.nextBoolean() ? 0 : random.nextInt(1_000_000_000)));
        for (int i = random.nextInt(3); i > 0; i--) {
            event.addTags(text(4));
            event.putMetadata(text(4), text(8));
        }
        payload(event);
        return event.build();
    }

    /** The event as it would come back from a server. */
    static RecordedEvent recorded(NewEvent event) {
        return RecordedEvent.newBuilder()
                .setEventId(event.getEventId())
                .setAction(event.getAction())
                .setProducer(event.getProducer())
                .setArtifactId(event.getArtifactId())
                .setArtifactType(event.getArtifactType())
                .setThreadId(event.getThreadId())
                .setEventVersion(event.getEventVersion())
                .setPartitionKey(event.getPartitionKey())
                .setTimestamp(event.getTimestamp())
                .setPayload(event.getPayload())
                .putAllMetadata(event.getMetadataMap())
                .addAllTags(event.getTagsList())
                .setPosition(12)
                .setSequence(3)
                .setRecordedAt(Timestamp.newBuilder().setSeconds(5))
                .setTransactionPosition(11)
                .setStoredEventVersion(event.getEventVersion())
                .build();
    }

    private void payload(NewEvent.Builder event) {
        switch (random.nextInt(4)) {
            case 0 -> {
                // No payload.
            }
            case 1 ->
                event.setPayload(Payload.newBuilder()
                        .setData(ByteString.copyFromUtf8(text(9)))
                        .setContentType(text(3)));
            default -> event.setPayload(Payload.newBuilder().setJson(space() + object(3) + space()));
        }
    }

    private String object(int depth) {
        StringBuilder json = new StringBuilder("{");
        for (int i = random.nextInt(4); i > 0; i--) {
            json.append(space())
                    .append("\"k")
                    .append(i)
                    .append("\":")
                    .append(space())
                    .append(value(depth));
            json.append(i > 1 ? "," : "");
        }
        return json.append(space()).append('}').toString();
    }

    private String value(int depth) {
        return switch (random.nextInt(depth > 0 ? 5 : 4)) {
            case 0 -> NUMBERS[random.nextInt(NUMBERS.length)];
            case 1 -> random.nextBoolean() ? "true" : "null";
            case 2 -> "\"\\u00e9\\n " + (random.nextBoolean() ? "漢😀" : "}") + "\"";
            case 3 -> "[1, 2.50]";
            default -> object(depth - 1);
        };
    }

    private String space() {
        return switch (random.nextInt(12)) {
            case 0 -> " ";
            case 1 -> "\n";
            default -> "";
        };
    }

    private String text(int lengthMax) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(lengthMax + 1); i > 0; i--) {
            text.append(LETTERS[random.nextInt(LETTERS.length)]);
        }
        return text.toString();
    }
}
