package dev.foldlog.server.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Asks reflection for the services, and for the file of one of them. */
public final class ReflectionProbe {
    private ReflectionProbe() {}

    /** Names of services and files, by v1. */
    public static List<String> v1(Channel channel, String symbol) {
        Answers<io.grpc.reflection.v1.ServerReflectionResponse> answers = new Answers<>();
        StreamObserver<io.grpc.reflection.v1.ServerReflectionRequest> requests =
                io.grpc.reflection.v1.ServerReflectionGrpc.newStub(channel).serverReflectionInfo(answers);
        requests.onNext(io.grpc.reflection.v1.ServerReflectionRequest.newBuilder()
                .setListServices("")
                .build());
        requests.onNext(io.grpc.reflection.v1.ServerReflectionRequest.newBuilder()
                .setFileContainingSymbol(symbol)
                .build());
        requests.onCompleted();
        List<String> names = new ArrayList<>();
        for (var answer : answers.done.join()) {
            answer.getListServicesResponse().getServiceList().forEach(it -> names.add(it.getName()));
            names.addAll(fileNames(answer.getFileDescriptorResponse().getFileDescriptorProtoList()));
        }
        return names;
    }

    /** Names of services and files, by v1alpha. */
    public static List<String> v1Alpha(Channel channel, String symbol) {
        Answers<io.grpc.reflection.v1alpha.ServerReflectionResponse> answers = new Answers<>();
        StreamObserver<io.grpc.reflection.v1alpha.ServerReflectionRequest> requests =
                io.grpc.reflection.v1alpha.ServerReflectionGrpc.newStub(channel).serverReflectionInfo(answers);
        requests.onNext(io.grpc.reflection.v1alpha.ServerReflectionRequest.newBuilder()
                .setListServices("")
                .build());
        requests.onNext(io.grpc.reflection.v1alpha.ServerReflectionRequest.newBuilder()
                .setFileContainingSymbol(symbol)
                .build());
        requests.onCompleted();
        List<String> names = new ArrayList<>();
        for (var answer : answers.done.join()) {
            answer.getListServicesResponse().getServiceList().forEach(it -> names.add(it.getName()));
            names.addAll(fileNames(answer.getFileDescriptorResponse().getFileDescriptorProtoList()));
        }
        return names;
    }

    private static List<String> fileNames(List<ByteString> files) {
        List<String> names = new ArrayList<>();
        for (ByteString file : files) {
            try {
                names.add(FileDescriptorProto.parseFrom(file).getName());
            } catch (InvalidProtocolBufferException e) {
                throw new AssertionError(e);
            }
        }
        return names;
    }

    private static final class Answers<T> implements StreamObserver<T> {
        private final List<T> received = new ArrayList<>();
        private final CompletableFuture<List<T>> done = new CompletableFuture<>();

        @Override
        public void onNext(T answer) {
            received.add(answer);
        }

        @Override
        public void onError(Throwable failure) {
            done.completeExceptionally(failure);
        }

        @Override
        public void onCompleted() {
            done.complete(List.copyOf(received));
        }
    }
}
