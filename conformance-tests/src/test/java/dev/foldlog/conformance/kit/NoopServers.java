package dev.foldlog.conformance.kit;

import com.google.protobuf.Message;
import dev.foldlog.conformance.Capability;
import dev.foldlog.conformance.ConformanceFixture;
import dev.foldlog.conformance.ServerConformance;
import dev.foldlog.conformance.kit.AnsweringServer.Answer;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.stub.StreamObserver;
import java.util.EnumSet;
import java.util.Set;

/** Servers that do nothing: each call answers an empty message, each stream so many and then ends. */
final class NoopServers {
    private NoopServers() {}

    /** The kit over a server whose streams end at once. */
    static final class EmptyStreams extends ServerConformance {
        @Override
        protected ConformanceFixture open() throws Exception {
            return AnsweringServer.open(declared(), new Nothing(0));
        }
    }

    /** The kit over a server whose streams have one message in which nothing is set. */
    static final class EmptyMessages extends ServerConformance {
        @Override
        protected ConformanceFixture open() throws Exception {
            return AnsweringServer.open(declared(), new Nothing(1));
        }
    }

    /** The kit over a server that declares nothing optional and answers its use nevertheless. */
    static final class Undeclared extends ServerConformance {
        @Override
        protected ConformanceFixture open() throws Exception {
            return AnsweringServer.open(Set.of(), new Nothing(1));
        }
    }

    /** Everything, so that every test has its say. */
    private static Set<Capability> declared() {
        return EnumSet.allOf(Capability.class);
    }

    private record Nothing(int messagesOfStream) implements Answer {
        @Override
        public <O> void answer(MethodDescriptor<?, O> method, Message request, O empty, StreamObserver<O> answers) {
            int messages = method.getType() == MethodType.UNARY ? 1 : messagesOfStream;
            for (int i = 0; i < messages; i++) {
                answers.onNext(empty);
            }
            answers.onCompleted();
        }
    }
}
