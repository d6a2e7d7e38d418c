package dev.foldlog.cli.client;

import com.google.protobuf.CodedOutputStream;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.Payload;
import dev.foldlog.v1.StoreLimits;
import org.jspecify.annotations.Nullable;

/**
 * Sizes that a server would refuse, told before they are sent: what is far over its limits is refused by the
 * transport, which cannot say of what line it was.
 */
final class SizeCheck {
    private SizeCheck() {}

    /** Why no append can hold this event, null when one can. Limits that the server does not state are none. */
    static @Nullable String tooLarge(NewEvent event, StoreLimits limits) {
        long bytes = CodedOutputStream.computeMessageSize(AppendRequest.EVENTS_FIELD_NUMBER, event);
        if (limits.getMaxAppendBytes() == 0 || bytes <= limits.getMaxAppendBytes()) {
            return null;
        }
        Payload content = event.getPayload();
        long payload = content.hasData()
                ? content.getData().size()
                : content.getJsonBytes().size();
        return limits.getMaxPayloadBytes() > 0 && payload > limits.getMaxPayloadBytes()
                ? "payload: " + over(payload, limits.getMaxPayloadBytes(), "max_payload_bytes")
                : "the event: " + over(bytes, limits.getMaxAppendBytes(), "max_append_bytes");
    }

    /** Why the server would not take this append, null when it would. */
    static @Nullable String tooLarge(AppendRequest request, StoreLimits limits) {
        long bytes = request.getSerializedSize();
        return limits.getMaxAppendBytes() == 0 || bytes <= limits.getMaxAppendBytes()
                ? null
                : "the append: " + over(bytes, limits.getMaxAppendBytes(), "max_append_bytes");
    }

    private static String over(long bytes, long max, String limit) {
        return bytes + " bytes (expected: at most " + max + ", " + limit + ')';
    }
}
