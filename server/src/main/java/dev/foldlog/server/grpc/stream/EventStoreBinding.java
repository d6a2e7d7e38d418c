package dev.foldlog.server.grpc.stream;

import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.EventStoreGrpc;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.ServerCalls.ServerStreamingMethod;
import java.util.ArrayList;
import java.util.List;

/**
 * The EventStore service as it is served: the streaming calls, whose responses are encoded messages,
 * beside the unary calls of an ordinary service. The descriptor leads to the generated schema, so reflection
 * shows what protoc made, the types of the errors too.
 */
final class EventStoreBinding {
    private EventStoreBinding() {}

    /** Puts the two together; {@code unary} has every method that is not streaming. */
    static ServerServiceDefinition of(BindableService unary, StreamCalls calls) {
        List<ServerMethodDefinition<?, ?>> methods = new ArrayList<>(List.of(
                streaming(EventStoreGrpc.getReadStreamMethod(), calls::readStream),
                streaming(EventStoreGrpc.getReadStreamSinceMethod(), calls::readStreamSince),
                streaming(EventStoreGrpc.getReadAllMethod(), calls::readAll),
                streaming(EventStoreGrpc.getSubscribeAllMethod(), calls::subscribeAll)));
        for (ServerMethodDefinition<?, ?> method : unary.bindService().getMethods()) {
            if (method.getMethodDescriptor().getType() == MethodDescriptor.MethodType.UNARY) {
                methods.add(method);
            }
        }
        return definition(methods);
    }

    private static <Q> ServerMethodDefinition<Q, EncodedMessage> streaming(
            MethodDescriptor<Q, ?> generated, ServerStreamingMethod<Q, EncodedMessage> method) {
        ServerCallHandler<Q, EncodedMessage> handler = ServerCalls.asyncServerStreamingCall(method);
        return ServerMethodDefinition.create(
                generated.toBuilder(generated.getRequestMarshaller(), new EncodedMessageMarshaller())
                        .build(),
                handler);
    }

    private static ServerServiceDefinition definition(List<ServerMethodDefinition<?, ?>> methods) {
        ServiceDescriptor generated = EventStoreGrpc.getServiceDescriptor();
        ServiceDescriptor.Builder descriptor = ServiceDescriptor.newBuilder(generated.getName())
                .setSchemaDescriptor(
                        new SchemaWithErrors(AppendRequest.getDescriptor().getFile()));
        methods.forEach(it -> descriptor.addMethod(it.getMethodDescriptor()));
        ServerServiceDefinition.Builder definition = ServerServiceDefinition.builder(descriptor.build());
        methods.forEach(definition::addMethod);
        return definition.build();
    }
}
