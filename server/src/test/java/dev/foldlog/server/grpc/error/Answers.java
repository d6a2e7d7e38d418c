package dev.foldlog.server.grpc.error;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Objects;

/** Looks into error answers as a client would. */
public final class Answers {
    private Answers() {}

    public static com.google.rpc.Status details(Throwable answer) {
        assertThat(answer).isInstanceOf(StatusRuntimeException.class);
        return Objects.requireNonNull(StatusProto.fromThrowable(answer));
    }

    public static ErrorInfo info(Throwable answer) {
        return detail(answer, ErrorInfo.class);
    }

    public static <T extends Message> T detail(Throwable answer, Class<T> type) {
        for (Any any : details(answer).getDetailsList()) {
            if (any.is(type)) {
                try {
                    return any.unpack(type);
                } catch (InvalidProtocolBufferException e) {
                    throw new AssertionError(e);
                }
            }
        }
        throw new AssertionError("no " + type.getSimpleName() + " in " + details(answer));
    }
}
