package dev.foldlog.client;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.ByteString;
import dev.foldlog.v1.Payload;

/** Payloads of events: JSON text, or opaque bytes. */
public final class Payloads {
    private Payloads() {}

    /**
     * JSON text of an object, without duplicate keys and at most 100 levels deep: checked by the server, kept and
     * delivered byte for byte.
     */
    public static Payload json(String text) {
        return Payload.newBuilder().setJson(requireNonNull(text, "text")).build();
    }

    /** Opaque bytes of a media type, for example {@code application/x-protobuf; messageType=acme.Order}. */
    public static Payload bytes(byte[] data, String contentType) {
        return Payload.newBuilder()
                .setData(ByteString.copyFrom(data))
                .setContentType(requireNonNull(contentType, "contentType"))
                .build();
    }

    /**
     * The JSON text of a payload; an event appended without a payload has {@code {}}.
     *
     * @throws IllegalArgumentException when the payload is in another form
     */
    public static String json(Payload payload) {
        return switch (payload.getContentCase()) {
            case JSON -> payload.getJson();
            case CONTENT_NOT_SET -> "{}";
            case JSON_OBJECT, DATA ->
                throw new IllegalArgumentException("payload: " + payload.getContentCase() + " (expected: JSON)");
        };
    }
}
