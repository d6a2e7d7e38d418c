package dev.foldlog.server.grpc.codec;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Struct;
import com.google.protobuf.WireFormat;
import dev.foldlog.core.event.RecordedEvent;
import dev.foldlog.v1.Payload;
import java.util.Arrays;

/**
 * The forms in which a stored event goes out. The envelope is the start of the message as it is; the
 * payload follows as field 10, since the fields of a message may come in any order.
 */
final class RecordedEventEncoding {
    private static final byte PAYLOAD_TAG = (byte) WireTags.PAYLOAD;
    private static final byte JSON_TAG =
            (byte) WireTags.tag(Payload.JSON_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);

    private RecordedEventEncoding() {}

    /** Everything, the payload as it is stored: nothing is parsed. */
    static byte[] whole(RecordedEvent event) {
        byte[] payload = payload(event);
        if (isOpaque(payload)) {
            return withPayload(event.envelope(), payload);
        }
        int jsonBytes = 1 + CodedOutputStream.computeUInt32SizeNoTag(payload.length) + payload.length;
        byte[] envelope = event.envelope();
        int size = 1 + CodedOutputStream.computeUInt32SizeNoTag(jsonBytes) + jsonBytes;
        byte[] message = Arrays.copyOf(envelope, envelope.length + size);
        int at = envelope.length;
        message[at++] = PAYLOAD_TAG;
        at = putLength(message, at, jsonBytes);
        message[at++] = JSON_TAG;
        at = putLength(message, at, payload.length);
        System.arraycopy(payload, 0, message, at, payload.length);
        return message;
    }

    /** JSON as a Struct where one can hold it. */
    static byte[] withStruct(RecordedEvent event) {
        byte[] payload = payload(event);
        Struct struct = isOpaque(payload) ? null : StructReading.read(payload);
        if (struct == null) {
            return whole(event);
        }
        return withPayload(
                event.envelope(),
                Payload.newBuilder().setJsonObject(struct).build().toByteArray());
    }

    /** Neither payload nor metadata. */
    static byte[] headers(RecordedEvent event) {
        return EnvelopeFields.without(event.envelope(), dev.foldlog.v1.RecordedEvent.METADATA_FIELD_NUMBER);
    }

    private static byte[] payload(RecordedEvent event) {
        byte[] payload = event.payload();
        if (payload == null) {
            throw new IllegalArgumentException(
                    "payload of the event at " + event.position() + ": not read (expected: read)");
        }
        return payload;
    }

    private static boolean isOpaque(byte[] payload) {
        return PayloadBytes.form(payload) == dev.foldlog.core.event.PayloadForm.OPAQUE;
    }

    private static byte[] withPayload(byte[] envelope, byte[] payload) {
        int size = 1 + CodedOutputStream.computeUInt32SizeNoTag(payload.length) + payload.length;
        byte[] message = Arrays.copyOf(envelope, envelope.length + size);
        int at = envelope.length;
        message[at++] = PAYLOAD_TAG;
        at = putLength(message, at, payload.length);
        System.arraycopy(payload, 0, message, at, payload.length);
        return message;
    }

    private static int putLength(byte[] target, int offset, int length) {
        int at = offset;
        int rest = length;
        while (rest > 0x7f) {
            target[at++] = (byte) ((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        target[at++] = (byte) rest;
        return at;
    }
}
