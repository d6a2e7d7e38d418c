package dev.foldlog.server.grpc.stream;

import com.google.protobuf.Timestamp;
import dev.foldlog.core.event.Envelope;
import dev.foldlog.core.event.EventCodec;
import dev.foldlog.core.event.NewEvent;
import dev.foldlog.core.event.PayloadForm;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.RecordedEvent;
import dev.foldlog.core.event.Sequence;
import dev.foldlog.core.event.Stamp;
import dev.foldlog.expressions.CelExpressions;
import dev.foldlog.server.Limits;
import dev.foldlog.server.grpc.error.StatusMapper;
import dev.foldlog.server.grpc.validation.FilterExpressions;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/** A store, a lane and time, all driven by hand, and an environment of them. */
final class StreamFixture {
    static final int BATCH_EVENTS_MAX = 10;
    static final int BATCH_BYTES_MAX = 4_000;

    final ListStore store = new ListStore();
    final HandLane lane = new HandLane();
    final HandTimers timers = new HandTimers();
    final StreamEnvironment environment = new StreamEnvironment(
            store,
            new SampleCodec(),
            lane,
            timers,
            timers,
            new Limits(1 << 20, 4 << 20, 1_000, BATCH_EVENTS_MAX, BATCH_BYTES_MAX, 3, Duration.ofHours(24)),
            new StatusMapper(new Random(1)),
            new FilterExpressions(CelExpressions.standard()));

    final DeliveryBudget budget = DeliveryBudget.of(environment.limits(), timers);

    static Delivery delivery() {
        return new Delivery(SampleEvent::wire, false, BATCH_EVENTS_MAX);
    }

    /** Knows of an envelope what these tests need: when it was recorded. */
    private static final class SampleCodec implements EventCodec {
        @Override
        public Envelope open(byte[] envelope) {
            dev.foldlog.v1.RecordedEvent event = SampleEvent.parsed(envelope);
            Timestamp time = event.getRecordedAt();
            Instant recordedAt = Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
            SampleEvent sample = SampleEvent.of(event.getPartitionKey(), event.getAction());
            Position position = new Position(event.getPosition());
            Stamp stamp = new Stamp(position, new Sequence(event.getSequence()), recordedAt, position);
            return new Envelope(sample.facts(), recordedAt, stamp);
        }

        @Override
        public byte[] seal(NewEvent event, Stamp stamp) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isRepeat(NewEvent event, RecordedEvent stored) {
            throw new UnsupportedOperationException();
        }

        @Override
        public PayloadForm payloadForm(byte[] payload) {
            throw new UnsupportedOperationException();
        }
    }
}
