package dev.foldlog.server.grpc.stream;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import dev.foldlog.core.event.EventFacts;
import dev.foldlog.core.event.EventId;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.RecordedEvent;
import dev.foldlog.core.read.EventFilter;
import dev.foldlog.v1.Payload;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** An event of a test. */
record SampleEvent(
        String partition,
        String action,
        String payload,
        Instant timestamp,
        Instant recordedAt,
        long position,
        long sequence) {
    /** Action of an event that cannot be encoded. */
    static final String UNENCODABLE = "unencodable";

    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    static SampleEvent of(String partition, String action) {
        return new SampleEvent(partition, action, "{}", NOON, NOON, 0, 0);
    }

    SampleEvent placed(long newPosition, long newSequence) {
        return new SampleEvent(partition, action, payload, timestamp, recordedAt, newPosition, newSequence);
    }

    SampleEvent withPayload(String newPayload) {
        return new SampleEvent(partition, action, newPayload, timestamp, recordedAt, position, sequence);
    }

    SampleEvent at(Instant time) {
        return new SampleEvent(partition, action, payload, time, time, position, sequence);
    }

    boolean matches(EventFilter filter) {
        return filter.mayMatch(facts(), timestamp);
    }

    EventFacts facts() {
        return new EventFacts(
                new EventId("e" + position), partition, action, "test", partition, "sample", "", 1, List.of());
    }

    @SuppressWarnings("NullAway") // javac drops @Nullable from the parameters of compact constructors
    RecordedEvent encoded(boolean withPayload) {
        byte[] envelope = dev.foldlog.v1.RecordedEvent.newBuilder()
                .setEventId("e" + position)
                .setAction(action)
                .setPartitionKey(partition)
                .setPosition(position)
                .setSequence(sequence)
                .setRecordedAt(Timestamp.newBuilder().setSeconds(recordedAt.getEpochSecond()))
                .build()
                .toByteArray();
        byte[] bytes = withPayload ? payload.getBytes(StandardCharsets.UTF_8) : null;
        return new RecordedEvent(new Position(position), envelope, bytes);
    }

    /** The encoder of these tests: an event as it goes out. Fails on an event that says so. */
    static byte[] wire(RecordedEvent event) {
        dev.foldlog.v1.RecordedEvent.Builder built = parsed(event.envelope()).toBuilder();
        byte[] payload = event.payload();
        if (payload != null) {
            built.setPayload(Payload.newBuilder().setJsonBytes(ByteString.copyFrom(payload)));
        }
        if (built.getAction().equals(UNENCODABLE)) {
            throw new IllegalArgumentException("unencodable");
        }
        return built.build().toByteArray();
    }

    static dev.foldlog.v1.RecordedEvent parsed(byte[] envelope) {
        try {
            return dev.foldlog.v1.RecordedEvent.parseFrom(envelope);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
