package dev.foldlog.server.grpc.codec;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Timestamp;
import dev.foldlog.core.event.Envelope;
import dev.foldlog.core.event.EventCodec;
import dev.foldlog.core.event.NewEvent;
import dev.foldlog.core.event.PayloadForm;
import dev.foldlog.core.event.Stamp;
import dev.foldlog.v1.RecordedEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * Events as fields of the message RecordedEvent, so that what is stored can go out as it is. Immutable.
 *
 * <pre>
 * stored envelope = proposed envelope (1 … 11, 16, 20; see {@link ProposedEnvelope})
 *                   12 position, 13 sequence, 14 recorded_at, 15 transaction_position
 *                   8 partition_key  if the client gave none
 *                   9 timestamp      if the client gave none
 * stored payload  = JSON text, or an encoded Payload of 3 data, 4 content_type
 * </pre>
 *
 * <p>Field 12 never occurs in a proposed envelope, so it marks where the proposal ends. JSON text starts
 * with white space or a brace, an encoded Payload with the tag of field 3 or 4, so one byte tells them apart.
 */
public final class ProtoEventCodec implements EventCodec {
    private static final byte POSITION_TAG = (byte) WireTags.POSITION;

    @Override
    public byte[] seal(NewEvent event, Stamp stamp) {
        byte[] proposed = event.envelope();
        Timestamp recordedAt = ProtoTimes.timestamp(stamp.recordedAt());
        boolean hasPartitionKey = EnvelopeFields.contains(proposed, RecordedEvent.PARTITION_KEY_FIELD_NUMBER);
        String partitionKey = hasPartitionKey ? "" : event.facts().partitionKey();
        Suffix suffix = new Suffix(stamp, recordedAt, partitionKey, event.timestamp() == null);
        byte[] sealed = Arrays.copyOf(proposed, proposed.length + suffix.sizeBytes());
        suffix.write(sealed, proposed.length);
        return sealed;
    }

    @Override
    public Envelope open(byte[] envelope) {
        return EnvelopeReading.read(envelope);
    }

    @Override
    public boolean isRepeat(NewEvent event, dev.foldlog.core.event.RecordedEvent stored) {
        byte[] payload = stored.payload();
        if (payload == null) {
            throw new IllegalArgumentException("stored.payload: null (expected: an event read with its payload)");
        }
        byte[] proposed = event.envelope();
        byte[] sealed = stored.envelope();
        return sealed.length > proposed.length
                && sealed[proposed.length] == POSITION_TAG
                && Arrays.equals(sealed, 0, proposed.length, proposed, 0, proposed.length)
                && Arrays.equals(payload, event.payload());
    }

    @Override
    public PayloadForm payloadForm(byte[] payload) {
        return PayloadBytes.form(payload);
    }

    /** What the writer adds behind a proposed envelope. */
    private record Suffix(Stamp stamp, Timestamp recordedAt, String partitionKey, boolean isTimeOfAppend) {
        int sizeBytes() {
            return CodedOutputStream.computeInt64Size(
                            RecordedEvent.POSITION_FIELD_NUMBER,
                            stamp.position().value())
                    + CodedOutputStream.computeInt64Size(
                            RecordedEvent.SEQUENCE_FIELD_NUMBER,
                            stamp.sequence().value())
                    + CodedOutputStream.computeMessageSize(RecordedEvent.RECORDED_AT_FIELD_NUMBER, recordedAt)
                    + CodedOutputStream.computeInt64Size(
                            RecordedEvent.TRANSACTION_POSITION_FIELD_NUMBER,
                            stamp.transactionPosition().value())
                    + (partitionKey.isEmpty()
                            ? 0
                            : CodedOutputStream.computeStringSize(
                                    RecordedEvent.PARTITION_KEY_FIELD_NUMBER, partitionKey))
                    + (isTimeOfAppend
                            ? CodedOutputStream.computeMessageSize(RecordedEvent.TIMESTAMP_FIELD_NUMBER, recordedAt)
                            : 0);
        }

        void write(byte[] target, int offset) {
            try {
                CodedOutputStream out = CodedOutputStream.newInstance(target, offset, target.length - offset);
                out.writeInt64(
                        RecordedEvent.POSITION_FIELD_NUMBER, stamp.position().value());
                out.writeInt64(
                        RecordedEvent.SEQUENCE_FIELD_NUMBER, stamp.sequence().value());
                out.writeMessage(RecordedEvent.RECORDED_AT_FIELD_NUMBER, recordedAt);
                out.writeInt64(
                        RecordedEvent.TRANSACTION_POSITION_FIELD_NUMBER,
                        stamp.transactionPosition().value());
                if (!partitionKey.isEmpty()) {
                    out.writeString(RecordedEvent.PARTITION_KEY_FIELD_NUMBER, partitionKey);
                }
                if (isTimeOfAppend) {
                    out.writeMessage(RecordedEvent.TIMESTAMP_FIELD_NUMBER, recordedAt);
                }
                out.checkNoSpaceLeft();
            } catch (IOException e) {
                throw new UncheckedIOException("the suffix is as long as computed", e);
            }
        }
    }
}
