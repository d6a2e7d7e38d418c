package dev.foldlog.cli.client;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.foldlog.v1.ErrorReason;
import io.grpc.StatusException;
import io.grpc.protobuf.StatusProto;

/** Errors as a server makes them. */
public final class FakeErrors {
    private FakeErrors() {}

    /** The server goes away. */
    public static StatusException unavailable() {
        return of(ErrorReason.ERROR_REASON_NOT_READY, "the server stops");
    }

    /** An error with metadata, given as keys and values in turn. */
    public static StatusException of(ErrorReason reason, String message, String... metadata) {
        return StatusProto.toStatusException(status(reason, message, metadata).build());
    }

    /** A field of a request is wrong. */
    static StatusException badField(String path, String description) {
        return StatusProto.toStatusException(status(ErrorReason.ERROR_REASON_INVALID_FIELD, "1 field is wrong")
                .addDetails(Any.pack(BadRequest.newBuilder()
                        .addFieldViolations(BadRequest.FieldViolation.newBuilder()
                                .setField(path)
                                .setDescription(description))
                        .build()))
                .build());
    }

    private static Status.Builder status(ErrorReason reason, String message, String... metadata) {
        ErrorInfo.Builder info = ErrorInfo.newBuilder()
                .setDomain("foldlog.dev")
                .setReason(reason.name().replace("ERROR_REASON_", ""));
        for (int i = 0; i < metadata.length; i += 2) {
            info.putMetadata(metadata[i], metadata[i + 1]);
        }
        return Status.newBuilder().setCode(code(reason)).setMessage(message).addDetails(Any.pack(info.build()));
    }

    private static int code(ErrorReason reason) {
        return switch (reason) {
            case ERROR_REASON_NOT_READY, ERROR_REASON_OUTCOME_UNKNOWN -> 14;
            case ERROR_REASON_OVERLOADED, ERROR_REASON_STORAGE_FULL -> 8;
            case ERROR_REASON_EVENT_ID_CONFLICT -> 6;
            case ERROR_REASON_RESOURCE_NOT_FOUND -> 5;
            case ERROR_REASON_CHECKPOINT_MOVED, ERROR_REASON_CONCURRENCY_CONFLICT -> 10;
            case ERROR_REASON_INVALID_FIELD -> 3;
            default -> throw new IllegalArgumentException("reason: " + reason + " (expected: one with a code here)");
        };
    }
}
