package dev.foldlog.server.grpc.stream;

import com.google.protobuf.MessageLite;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.Sequence;
import dev.foldlog.core.read.Direction;
import dev.foldlog.v1.ReadAllResponse;
import dev.foldlog.v1.ReadStreamResponse;
import dev.foldlog.v1.ReadStreamSinceResponse;
import java.util.List;

/**
 * How one kind of read puts events and what goes with them into a response message. All three responses
 * have their events in field 1; the other fields follow as one more piece, since concatenated fields are
 * one message.
 */
sealed interface BatchForm {
    /** The response that holds these encoded events, after which everything up to {@code scanned} is out. */
    default EncodedMessage message(List<byte[]> events, Position scanned) {
        List<byte[]> parts = Wire.repeated(ReadStreamResponse.EVENTS_FIELD_NUMBER, events);
        parts.add(rest(scanned).toByteArray());
        return new EncodedMessage(parts);
    }

    /** The response but for its events. */
    MessageLite rest(Position scanned);

    /** Whether the last message tells the client something though it has no events. */
    boolean saysProgress();

    /** Of ReadStream. */
    record OfStream(Sequence last, Position asOf) implements BatchForm {
        @Override
        public MessageLite rest(Position scanned) {
            return ReadStreamResponse.newBuilder()
                    .setLastSequence(last.value())
                    .setAsOfPosition(asOf.value())
                    .build();
        }

        @Override
        public boolean saysProgress() {
            return false;
        }
    }

    /** Of ReadStreamSince. */
    record OfStreamSince(Sequence last, Position asOf, boolean isTruncated) implements BatchForm {
        @Override
        public MessageLite rest(Position scanned) {
            return ReadStreamSinceResponse.newBuilder()
                    .setLastSequence(last.value())
                    .setAsOfPosition(asOf.value())
                    .setTruncated(isTruncated)
                    .build();
        }

        @Override
        public boolean saysProgress() {
            return false;
        }
    }

    /** Of ReadAll, whose scanned_position continues the read, so it never says 0 after a read backward. */
    record OfAll(Direction direction, Position after, Position asOf) implements BatchForm {
        @Override
        public MessageLite rest(Position scanned) {
            return ReadAllResponse.newBuilder()
                    .setScannedPosition(continuation(scanned.value()))
                    .setAsOfPosition(asOf.value())
                    .build();
        }

        private long continuation(long scanned) {
            return switch (direction) {
                case FORWARD -> Math.max(scanned, after.value());
                case BACKWARD -> Math.max(scanned, Math.min(1, asOf.value()));
            };
        }

        @Override
        public boolean saysProgress() {
            return true;
        }
    }
}
