package dev.foldlog.conformance.kit;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.foldlog.conformance.Capability;
import dev.foldlog.conformance.ConformanceFixture;
import dev.foldlog.conformance.ServerConformance;
import dev.foldlog.conformance.kit.AnsweringServer.Answer;
import dev.foldlog.v1.AppendRequest;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.util.Set;

/** The kit over a server that declares nothing optional, and refuses what it does not declare. */
final class ModestServer extends ServerConformance {
    @Override
    protected ConformanceFixture open() throws Exception {
        return AnsweringServer.open(Set.of(), new Refused());
    }

    private record Refused() implements Answer {
        @Override
        public <O> void answer(MethodDescriptor<?, O> method, Message request, O empty, StreamObserver<O> answers) {
            ErrorInfo info = ErrorInfo.newBuilder()
                    .setDomain("foldlog.dev")
                    .setReason("FEATURE_UNSUPPORTED")
                    .putMetadata("feature", used(request).feature())
                    .build();
            answers.onError(StatusProto.toStatusRuntimeException(Status.newBuilder()
                    .setCode(Code.UNIMPLEMENTED_VALUE)
                    .setMessage("not on this server")
                    .addDetails(Any.pack(info))
                    .build()));
        }

        private static Capability used(Message request) {
            if (!(request instanceof AppendRequest append)) {
                return Capability.CHECKPOINTS;
            }
            if (append.getCheckpointsCount() > 0) {
                return Capability.APPEND_CHECKPOINTS;
            }
            return append.getPreconditionsCount() > 0 ? Capability.APPEND_NO_EVENTS_MATCHING : Capability.PAYLOAD_DATA;
        }
    }
}
