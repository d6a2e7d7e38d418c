package dev.foldlog.cli.client;

import com.google.protobuf.ByteString;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.Payload;
import org.jspecify.annotations.Nullable;

/** The fields of a line that together are the payload. */
final class PayloadParts {
    private @Nullable String json;
    private @Nullable ByteString data;
    private @Nullable String contentType;

    void json(String text) throws EventSyntaxException {
        if (json != null) {
            throw new EventSyntaxException("payload_text: beside payload (expected: one of them)");
        }
        json = text;
    }

    void data(ByteString bytes) {
        data = bytes;
    }

    void contentType(String text) {
        contentType = text;
    }

    void addTo(NewEvent.Builder event) throws EventSyntaxException {
        if (json != null && data != null) {
            throw new EventSyntaxException("payload_data: beside payload (expected: one of them)");
        }
        if (contentType != null && data == null) {
            throw new EventSyntaxException("content_type: without payload_data");
        }
        if (json != null) {
            event.setPayload(Payload.newBuilder().setJson(json));
        }
        if (data != null) {
            event.setPayload(Payload.newBuilder().setData(data).setContentType(contentType == null ? "" : contentType));
        }
    }
}
