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
    /**
     * How far a read has come with a message.
     *
     * @param scanned everything up to here is out
     * @param filterErrors events so far on which the filter's expression failed
     */
    record Progress(Position scanned, long filterErrors) {}

    /** The response that holds these encoded events. */
    default EncodedMessage message(List<byte[]> events, Progress progress) {
        List<byte[]> parts = Wire.repeated(ReadStreamResponse.EVENTS_FIELD_NUMBER, events);
        parts.add(rest(progress).toByteArray());
        return new EncodedMessage(parts);
    }

    /** The response but for its events. */
    MessageLite rest(Progress progress);

    /** Whether the last message tells the client something though it has no events. */
    boolean saysProgress();

    /** Of ReadStream. */
    record OfStream(Sequence last, Position asOf) implements BatchForm {
        @Override
        public MessageLite rest(Progress progress) {
            return ReadStreamResponse.newBuilder()
                    .setLastSequence(last.value())
                    .setAsOfPosition(asOf.value())
                    .setFilterErrors(progress.filterErrors())
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
        public MessageLite rest(Progress progress) {
            return ReadStreamSinceResponse.newBuilder()
                    .setLastSequence(last.value())
                    .setAsOfPosition(asOf.value())
                    .setFilterErrors(progress.filterErrors())
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
        public MessageLite rest(Progress progress) {
            return ReadAllResponse.newBuilder()
                    .setScannedPosition(continuation(progress.scanned().value()))
                    .setAsOfPosition(asOf.value())
                    .setFilterErrors(progress.filterErrors())
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
