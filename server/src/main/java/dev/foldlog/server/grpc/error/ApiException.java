package dev.foldlog.server.grpc.error;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.Message;
import dev.foldlog.v1.ErrorReason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An error that a caller is meant to see: reason, message, metadata of the ErrorInfo, and typed details.
 * The StatusMapper puts it on the wire. It carries no stack trace: it is an answer, not a defect.
 */
public final class ApiException extends RuntimeException {
    private final ErrorReason reason;
    private final Map<String, String> metadata;
    private final List<Message> details;

    public ApiException(ErrorReason reason, String message, Map<String, String> metadata, List<Message> details) {
        super(message, null, false, false);
        this.reason = requireNonNull(reason, "reason");
        this.metadata = Map.copyOf(metadata);
        this.details = List.copyOf(details);
    }

    /** An error without details; {@code metadata} are keys and values in turn. */
    public static ApiException of(ErrorReason reason, String message, Object... metadata) {
        Map<String, String> entries = new LinkedHashMap<>();
        for (int i = 0; i < metadata.length; i += 2) {
            entries.put(String.valueOf(metadata[i]), String.valueOf(metadata[i + 1]));
        }
        return new ApiException(reason, message, entries, List.of());
    }

    public ErrorReason reason() {
        return reason;
    }

    public Map<String, String> metadata() {
        return metadata;
    }

    public List<Message> details() {
        return details;
    }
}
