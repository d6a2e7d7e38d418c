package dev.foldlog.server.grpc.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import com.google.protobuf.WireFormat;
import dev.foldlog.core.event.PayloadForm;
import dev.foldlog.v1.Payload;
import java.nio.charset.StandardCharsets;

/** Payloads as they are stored: JSON text as it is, opaque bytes as an encoded Payload. */
public final class PayloadBytes {
    private static final String EMPTY_OBJECT = "{}";
    private static final int DATA_TAG = WireTags.tag(Payload.DATA_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    private static final int CONTENT_TYPE_TAG =
            WireTags.tag(Payload.CONTENT_TYPE_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);

    private PayloadBytes() {}

    /** What stands for a payload that is not set. */
    public static byte[] emptyObject() {
        return EMPTY_OBJECT.getBytes(StandardCharsets.UTF_8);
    }

    /** Opaque bytes with their media type. */
    public static byte[] opaque(ByteString data, String contentType) {
        return Payload.newBuilder()
                .setData(data)
                .setContentType(contentType)
                .build()
                .toByteArray();
    }

    /** A JSON object as a payload, as a Struct where that is asked for and one can hold it. */
    public static Payload ofJson(String json, dev.foldlog.v1.PayloadForm form) {
        Struct struct = form == dev.foldlog.v1.PayloadForm.PAYLOAD_FORM_STRUCT
                ? StructReading.read(json.getBytes(StandardCharsets.UTF_8))
                : null;
        return struct == null
                ? Payload.newBuilder().setJson(json).build()
                : Payload.newBuilder().setJsonObject(struct).build();
    }

    /** The form of stored bytes: JSON text never starts with the tag of an opaque payload's field. */
    static PayloadForm form(byte[] payload) {
        if (payload.length == 0) {
            throw new IllegalArgumentException("payload: empty (expected: JSON text or an encoded payload)");
        }
        return payload[0] == DATA_TAG || payload[0] == CONTENT_TYPE_TAG ? PayloadForm.OPAQUE : PayloadForm.JSON;
    }
}
