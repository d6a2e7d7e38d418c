package dev.foldlog.client;

import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;

/** Errors as servers answer them. */
final class Answers {
    private Answers() {}

    static StatusRuntimeException refusal(String reason, Status.Code code) {
        return StatusProto.toStatusRuntimeException(com.google.rpc.Status.newBuilder()
                .setCode(code.value())
                .setMessage(reason)
                .addDetails(Any.pack(ErrorInfo.newBuilder()
                        .setDomain("foldlog.dev")
                        .setReason(reason)
                        .build()))
                .build());
    }

    static StatusRuntimeException retryAfter(Duration pause) {
        return StatusProto.toStatusRuntimeException(com.google.rpc.Status.newBuilder()
                .setCode(Status.Code.RESOURCE_EXHAUSTED.value())
                .addDetails(Any.pack(ErrorInfo.newBuilder()
                        .setDomain("foldlog.dev")
                        .setReason("OVERLOADED")
                        .build()))
                .addDetails(Any.pack(RetryInfo.newBuilder()
                        .setRetryDelay(WireTimes.duration(pause))
                        .build()))
                .build());
    }
}
