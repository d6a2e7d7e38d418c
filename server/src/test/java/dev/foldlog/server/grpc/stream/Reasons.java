package dev.foldlog.server.grpc.stream;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.grpc.protobuf.StatusProto;

/** Reads the reason of an error off the wire. */
public final class Reasons {
    private Reasons() {}

    /** The reason in the error's ErrorInfo; fails when it has none. */
    public static String of(Throwable error) {
        return infoOf(error).getReason();
    }

    /** The error's ErrorInfo; fails when it has none. */
    public static ErrorInfo infoOf(Throwable error) {
        Status status = StatusProto.fromThrowable(error);
        if (status != null) {
            for (Any detail : status.getDetailsList()) {
                if (detail.is(ErrorInfo.class)) {
                    try {
                        return detail.unpack(ErrorInfo.class);
                    } catch (InvalidProtocolBufferException e) {
                        throw new AssertionError(e);
                    }
                }
            }
        }
        throw new AssertionError("no ErrorInfo in " + error, error);
    }
}
