package dev.foldlog.cli.faults.client;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.foldlog.v1.AppendResponse;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import org.jspecify.annotations.Nullable;

/** What one try of a call was answered. */
public sealed interface Outcome {
    /** It was acknowledged. */
    record Acked(AppendResponse response) implements Outcome {}

    /** It was refused: nothing of it took effect. */
    record Refused(String reason) implements Outcome {}

    /** It may have taken effect or not. {@code reason} is a status code when the server gave none. */
    record Unknown(String reason) implements Outcome {
        /** Whether the call got no answer in time: no server may do that. */
        boolean isHung() {
            return reason.equals("DEADLINE_EXCEEDED");
        }
    }

    /** Reads a failure: only a reason that the server gave says that nothing happened. */
    static Outcome of(StatusRuntimeException failure) {
        String reason = reason(failure);
        if (reason == null) {
            return new Unknown(failure.getStatus().getCode().name());
        }
        return reason.equals("OUTCOME_UNKNOWN") ? new Unknown(reason) : new Refused(reason);
    }

    /** The reason that the server gave for a failure, or null when the failure is not the server's. */
    static @Nullable String reason(StatusRuntimeException failure) {
        Status status = StatusProto.fromThrowable(failure);
        if (status == null) {
            return null;
        }
        try {
            for (Any detail : status.getDetailsList()) {
                if (detail.is(ErrorInfo.class)) {
                    return detail.unpack(ErrorInfo.class).getReason();
                }
            }
            return null;
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a detail that cannot be read", e);
        }
    }
}
