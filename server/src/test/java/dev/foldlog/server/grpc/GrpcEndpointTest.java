package dev.foldlog.server.grpc;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.RequestInfo;
import dev.foldlog.server.grpc.error.ApiException;
import dev.foldlog.server.grpc.error.StatusMapper;
import dev.foldlog.server.grpc.stream.ListStore;
import dev.foldlog.server.grpc.stream.Reasons;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.AppendResponse;
import dev.foldlog.v1.ErrorReason;
import dev.foldlog.v1.EventStoreGrpc;
import dev.foldlog.v1.SubscribeAllRequest;
import dev.foldlog.v1.SubscribeAllResponse;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class GrpcEndpointTest {
    private static final int MESSAGE_BYTES_MAX = 10_000;
    private static final String EVENT_STORE = "foldlog.v1.EventStore";

    private final ListStore store = new ListStore();
    private final ScriptedService service = new ScriptedService();
    private GrpcEndpoint endpoint;
    private ManagedChannel channel;
    private EventStoreGrpc.EventStoreBlockingStub client;

    @BeforeEach
    void start() throws IOException {
        StatusMapper statuses = new StatusMapper(new Random(7));
        endpoint = GrpcEndpoint.listen(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                MESSAGE_BYTES_MAX,
                new ServedServices(List.of(service.bindService()), store, statuses));
        channel = ManagedChannelBuilder.forAddress("127.0.0.1", endpoint.port())
                .usePlaintext()
                .build();
        client = EventStoreGrpc.newBlockingStub(channel);
    }

    @AfterEach
    void stop() throws InterruptedException {
        channel.shutdownNow();
        endpoint.stop(Duration.ZERO);
    }

    @Test
    void answers_what_the_service_answers() {
        service.onAppend = (request, answer) -> {
            answer.onNext(AppendResponse.newBuilder().setPosition(5).build());
            answer.onCompleted();
        };

        assertThat(client.append(AppendRequest.getDefaultInstance()).getPosition())
                .isEqualTo(5);
    }

    @Test
    void bytes_that_are_no_such_message_are_an_invalid_field_and_never_reach_the_service() {
        StatusRuntimeException failure = failureOf(() -> appendRaw(new byte[] {(byte) 0xFF, (byte) 0xFF, 1}));

        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(Reasons.of(failure)).isEqualTo("INVALID_FIELD");
        assertThat(requireNonNull(StatusProto.fromThrowable(failure)).getDetailsList())
                .anyMatch(it -> it.is(BadRequest.class));
        assertThat(service.appends).hasValue(0);
    }

    @Test
    void text_that_is_no_utf_8_is_an_invalid_field() {
        byte[] requestId = {0x0A, 0x02, (byte) 0xC3, 0x28};

        StatusRuntimeException failure = failureOf(() -> appendRaw(requestId));

        assertThat(Reasons.of(failure)).isEqualTo("INVALID_FIELD");
    }

    @Test
    void a_message_above_the_transports_limit_is_refused_as_such() {
        StatusRuntimeException failure = failureOf(() -> client.append(AppendRequest.newBuilder()
                .setRequestId("x".repeat(MESSAGE_BYTES_MAX))
                .build()));

        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(service.appends).hasValue(0);
    }

    @Test
    void a_compressed_message_above_the_limit_is_refused_as_such() {
        StatusRuntimeException failure = failureOf(() -> client.withCompression("gzip")
                .append(AppendRequest.newBuilder()
                        .setRequestId("x".repeat(100 * MESSAGE_BYTES_MAX))
                        .build()));

        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(service.appends).hasValue(0);
    }

    @Test
    void what_escapes_a_service_is_an_internal_error_with_an_incident_and_nothing_else()
            throws InvalidProtocolBufferException {
        service.onAppend = (request, answer) -> {
            throw new IllegalStateException("SELECT secret FROM /var/lib");
        };

        assertIncident(failureOf(() -> client.append(AppendRequest.getDefaultInstance())));
    }

    @Test
    void an_exception_that_a_service_answers_is_an_internal_error_with_an_incident()
            throws InvalidProtocolBufferException {
        service.onAppend = (request, answer) -> answer.onError(new IllegalStateException("SELECT secret"));

        assertIncident(failureOf(() -> client.append(AppendRequest.getDefaultInstance())));
    }

    @Test
    void an_api_exception_that_escapes_is_answered_as_itself() {
        service.onAppend = (request, answer) -> {
            throw ApiException.of(ErrorReason.ERROR_REASON_POSITION_AHEAD, "past the head");
        };

        StatusRuntimeException failure = failureOf(() -> client.append(AppendRequest.getDefaultInstance()));

        assertThat(Reasons.of(failure)).isEqualTo("POSITION_AHEAD");
        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.OUT_OF_RANGE);
    }

    @Test
    void health_is_serving_for_the_server_and_its_services_until_the_store_fails() {
        assertThat(health("")).isEqualTo(ServingStatus.SERVING);
        assertThat(health(EVENT_STORE)).isEqualTo(ServingStatus.SERVING);

        store.fail();

        assertThat(health("")).isEqualTo(ServingStatus.NOT_SERVING);
        assertThat(health(EVENT_STORE)).isEqualTo(ServingStatus.NOT_SERVING);
    }

    @Test
    void health_is_not_serving_once_the_server_leaves() {
        endpoint.leave();

        assertThat(health("")).isEqualTo(ServingStatus.NOT_SERVING);
    }

    @Test
    void reflection_shows_the_schema_in_both_versions() {
        assertThat(ReflectionProbe.v1(channel, EVENT_STORE)).contains(EVENT_STORE, "foldlog/v1/event_store.proto");
        assertThat(ReflectionProbe.v1Alpha(channel, EVENT_STORE)).contains(EVENT_STORE, "foldlog/v1/event_store.proto");
    }

    @Test
    void stopping_waits_for_an_open_append_and_not_for_a_subscriber() throws InterruptedException {
        CompletableFuture<StreamObserver<AppendResponse>> open = new CompletableFuture<>();
        service.onAppend = (request, answer) -> open.complete(answer);
        CompletableFuture<AppendResponse> answered =
                CompletableFuture.supplyAsync(() -> client.append(AppendRequest.getDefaultInstance()));
        Iterator<SubscribeAllResponse> subscriber = client.subscribeAll(SubscribeAllRequest.getDefaultInstance());
        assertThat(subscriber.next().getPosition()).isEqualTo(1);
        StreamObserver<AppendResponse> answer = open.join();

        Thread stopping = Thread.ofVirtual().start(() -> stopWithin(Duration.ofMinutes(1)));
        await().until(() -> channelRefuses());
        assertThat(stopping.isAlive()).isTrue();
        answer.onNext(AppendResponse.newBuilder().setPosition(9).build());
        answer.onCompleted();

        assertThat(answered.join().getPosition()).isEqualTo(9);
        assertThat(stopping.join(Duration.ofSeconds(30))).isTrue();
        assertThat(Reasons.of(failureOf(subscriber::next))).isEqualTo("NOT_READY");
    }

    @Test
    void a_call_without_a_request_holds_nothing_up_and_a_health_watch_is_told_why_it_ends()
            throws InterruptedException {
        ClientCall<AppendRequest, AppendResponse> silent =
                channel.newCall(EventStoreGrpc.getAppendMethod(), CallOptions.DEFAULT);
        CompletableFuture<Status> ended = new CompletableFuture<>();
        silent.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        ended.complete(status);
                    }
                },
                new Metadata());
        Iterator<HealthCheckResponse> watch =
                HealthGrpc.newBlockingStub(channel).watch(HealthCheckRequest.getDefaultInstance());
        // On the same connection after it, so the silent call has come too.
        assertThat(watch.next().getStatus()).isEqualTo(ServingStatus.SERVING);

        Thread stopping = Thread.ofVirtual().start(() -> stopWithin(Duration.ofMinutes(10)));

        assertThat(stopping.join(Duration.ofMinutes(1))).isTrue();
        assertThat(ended.join().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        StatusRuntimeException failure = failureOf(() -> watch.forEachRemaining(it -> {}));
        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void stopping_cuts_off_what_takes_longer_than_the_grace() throws InterruptedException {
        CompletableFuture<StreamObserver<AppendResponse>> open = new CompletableFuture<>();
        service.onAppend = (request, answer) -> open.complete(answer);
        CompletableFuture<AppendResponse> answered =
                CompletableFuture.supplyAsync(() -> client.append(AppendRequest.getDefaultInstance()));
        open.join();

        endpoint.stop(Duration.ofMillis(1));

        StatusRuntimeException failure = failureOf(answered::join);
        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(Reasons.of(failure)).isEqualTo("OUTCOME_UNKNOWN");
    }

    private void stopWithin(Duration grace) {
        try {
            endpoint.stop(grace);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether a new connection is refused: the endpoint listens no more. */
    private boolean channelRefuses() {
        ManagedChannel fresh = ManagedChannelBuilder.forAddress("127.0.0.1", endpoint.port())
                .usePlaintext()
                .build();
        try {
            HealthGrpc.newBlockingStub(fresh).check(HealthCheckRequest.getDefaultInstance());
            return false;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode() == Status.Code.UNAVAILABLE;
        } finally {
            fresh.shutdownNow();
        }
    }

    private ServingStatus health(String name) {
        return HealthGrpc.newBlockingStub(channel)
                .check(HealthCheckRequest.newBuilder().setService(name).build())
                .getStatus();
    }

    private void appendRaw(byte[] bytes) {
        MethodDescriptor<byte[], byte[]> raw = EventStoreGrpc.getAppendMethod().toBuilder(
                        new RawBytes(), new RawBytes())
                .build();
        ClientCalls.blockingUnaryCall(channel, raw, CallOptions.DEFAULT, bytes);
    }

    private static void assertIncident(StatusRuntimeException failure) throws InvalidProtocolBufferException {
        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
        assertThat(Reasons.of(failure)).isEqualTo("INTERNAL");
        com.google.rpc.Status details = requireNonNull(StatusProto.fromThrowable(failure));
        assertThat(details.toString()).doesNotContain("SELECT", "/var/lib");
        String incident = "";
        for (Any detail : details.getDetailsList()) {
            incident = detail.is(RequestInfo.class)
                    ? detail.unpack(RequestInfo.class).getRequestId()
                    : incident;
        }
        assertThat(incident).isNotEmpty();
    }

    private static StatusRuntimeException failureOf(Runnable call) {
        try {
            call.run();
        } catch (StatusRuntimeException e) {
            return e;
        } catch (CompletionException e) {
            return (StatusRuntimeException) requireNonNull(e.getCause());
        }
        throw new AssertionError("the call did not fail");
    }

    /** Does in Append what the test says; SubscribeAll answers once and stays open. */
    private static final class ScriptedService extends EventStoreGrpc.EventStoreImplBase {
        private volatile BiConsumer<AppendRequest, StreamObserver<AppendResponse>> onAppend =
                (request, answer) -> answer.onCompleted();
        private final AtomicInteger appends = new AtomicInteger();

        @Override
        public void append(AppendRequest request, StreamObserver<AppendResponse> answer) {
            appends.incrementAndGet();
            onAppend.accept(request, answer);
        }

        @Override
        public void subscribeAll(SubscribeAllRequest request, StreamObserver<SubscribeAllResponse> answer) {
            answer.onNext(SubscribeAllResponse.newBuilder().setPosition(1).build());
        }
    }

    private static final class RawBytes implements Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
