package dev.foldlog.conformance.kit;

import com.google.protobuf.Message;
import dev.foldlog.conformance.Capability;
import dev.foldlog.conformance.ConformanceFixture;
import dev.foldlog.v1.CheckpointsGrpc;
import dev.foldlog.v1.EventStoreGrpc;
import dev.foldlog.v1.StoreLimits;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A server without a store, which answers every call of the API in one way. */
final class AnsweringServer implements ConformanceFixture {
    private final Server server;
    private final ManagedChannel channel;
    private final Set<Capability> capabilities;

    private AnsweringServer(Server server, ManagedChannel channel, Set<Capability> capabilities) {
        this.server = server;
        this.channel = channel;
        this.capabilities = capabilities;
    }

    /** The one way in which all calls are answered. */
    @FunctionalInterface
    interface Answer {
        /** Answers a call; {@code empty} is a message of the answer's type in which nothing is set. */
        <O> void answer(MethodDescriptor<?, O> method, Message request, O empty, StreamObserver<O> answers);
    }

    static AnsweringServer open(Set<Capability> declared, Answer answer) throws IOException {
        String name = UUID.randomUUID().toString();
        InProcessServerBuilder builder = InProcessServerBuilder.forName(name).directExecutor();
        for (ServiceDescriptor service :
                List.of(EventStoreGrpc.getServiceDescriptor(), CheckpointsGrpc.getServiceDescriptor())) {
            ServerServiceDefinition.Builder definition = ServerServiceDefinition.builder(service);
            service.getMethods().forEach(it -> addMethod(definition, it, answer));
            builder.addService(definition.build());
        }
        return new AnsweringServer(
                builder.build().start(), InProcessChannelBuilder.forName(name).build(), declared);
    }

    /** Every message of this API can be read from no bytes at all. */
    private static <I, O> void addMethod(
            ServerServiceDefinition.Builder definition, MethodDescriptor<I, O> method, Answer answer) {
        O empty = method.parseResponse(InputStream.nullInputStream());
        definition.addMethod(
                method,
                ServerCalls.asyncServerStreamingCall(
                        (request, answers) -> answer.answer(method, (Message) request, empty, answers)));
    }

    @Override
    public Channel channel() {
        return channel;
    }

    @Override
    public Set<Capability> capabilities() {
        return capabilities;
    }

    @Override
    public StoreLimits limits() {
        return StoreLimits.newBuilder()
                .setMaxPayloadBytes(1 << 20)
                .setMaxAppendBytes(4 << 20)
                .setMaxAppendEvents(1_000)
                .setMaxBatchEvents(500)
                .setMaxBatchBytes(256 << 10)
                .setMaxSubscriptions(20)
                .build();
    }

    @Override
    public Duration patience() {
        return Duration.ofSeconds(10);
    }

    @Override
    public void restart() {
        // there is nothing to keep
    }

    @Override
    public void close() {
        channel.shutdownNow();
        server.shutdownNow();
    }
}
