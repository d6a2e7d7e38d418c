package dev.foldlog.server.grpc;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import dev.foldlog.server.grpc.error.ApiException;
import dev.foldlog.server.grpc.error.StatusMapper;
import dev.foldlog.v1.ErrorReason;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Map;

/**
 * Lets a service's calls fail with INVALID_FIELD when the request's bytes are no such message; gRPC
 * itself would call it the server's own defect. Stateless but for the mapper.
 */
final class RequestReading {
    private final StatusMapper statuses;

    RequestReading(StatusMapper statuses) {
        this.statuses = requireNonNull(statuses, "statuses");
    }

    /** The same service under the same descriptors, with requests read this way. */
    ServerServiceDefinition around(ServerServiceDefinition service) {
        ServiceDescriptor.Builder descriptor = ServiceDescriptor.newBuilder(
                        service.getServiceDescriptor().getName())
                .setSchemaDescriptor(service.getServiceDescriptor().getSchemaDescriptor());
        var methods = service.getMethods().stream().map(this::around).toList();
        methods.forEach(it -> descriptor.addMethod(it.getMethodDescriptor()));
        ServerServiceDefinition.Builder definition = ServerServiceDefinition.builder(descriptor.build());
        methods.forEach(definition::addMethod);
        return definition.build();
    }

    private <Q, R> ServerMethodDefinition<ReceivedRequest<Q>, R> around(ServerMethodDefinition<Q, R> method) {
        MethodDescriptor<Q, R> original = method.getMethodDescriptor();
        MethodDescriptor<ReceivedRequest<Q>, R> descriptor = original.toBuilder(
                        new ReceivedRequest.Reading<>(original.getRequestMarshaller()),
                        original.getResponseMarshaller())
                .build();
        return ServerMethodDefinition.create(descriptor, around(original, method.getServerCallHandler()));
    }

    private <Q, R> ServerCallHandler<ReceivedRequest<Q>, R> around(
            MethodDescriptor<Q, R> method, ServerCallHandler<Q, R> handler) {
        return (call, headers) -> {
            ServerCall.Listener<Q> listener = handler.startCall(new OriginalCall<>(call, method), headers);
            return new Listener<>(listener, call, statuses);
        };
    }

    /** Hands read requests on, and ends the call at one that is not. Confined to the call. */
    private static final class Listener<Q, R> extends ServerCall.Listener<ReceivedRequest<Q>> {
        private final ServerCall.Listener<Q> listener;
        private final ServerCall<ReceivedRequest<Q>, R> call;
        private final StatusMapper statuses;
        private boolean isRefused;

        Listener(ServerCall.Listener<Q> listener, ServerCall<ReceivedRequest<Q>, R> call, StatusMapper statuses) {
            this.listener = listener;
            this.call = call;
            this.statuses = statuses;
        }

        @Override
        public void onMessage(ReceivedRequest<Q> request) {
            switch (request) {
                case ReceivedRequest.Read<Q> read when !isRefused -> listener.onMessage(read.message());
                case ReceivedRequest.Read<Q> _ -> {}
                case ReceivedRequest.Broken<Q> broken -> refuse(broken.failure());
            }
        }

        private void refuse(StatusRuntimeException failure) {
            if (isRefused) {
                return;
            }
            isRefused = true;
            StatusRuntimeException answer = failure.getCause() instanceof InvalidProtocolBufferException
                    ? statuses.toStatus(malformed(call.getMethodDescriptor()))
                    : failure;
            Metadata trailers = answer.getTrailers();
            call.close(answer.getStatus(), trailers == null ? new Metadata() : trailers);
        }

        private static ApiException malformed(MethodDescriptor<?, ?> method) {
            String message = "the request's bytes are no request of " + method.getFullMethodName();
            BadRequest detail = BadRequest.newBuilder()
                    .addFieldViolations(FieldViolation.newBuilder()
                            .setDescription(message)
                            .setReason(StatusMapper.wireName(ErrorReason.ERROR_REASON_INVALID_FIELD)))
                    .build();
            return new ApiException(
                    ErrorReason.ERROR_REASON_INVALID_FIELD, message, Map.of("violation_count", "1"), List.of(detail));
        }

        @Override
        public void onHalfClose() {
            if (!isRefused) {
                listener.onHalfClose();
            }
        }

        @Override
        public void onCancel() {
            listener.onCancel();
        }

        @Override
        public void onComplete() {
            listener.onComplete();
        }

        @Override
        public void onReady() {
            listener.onReady();
        }
    }
}
