package dev.foldlog.cli.faults.client;

import dev.foldlog.cli.faults.client.Outcome.Acked;
import dev.foldlog.v1.AppendResponse;
import dev.foldlog.v1.CheckpointsGrpc;
import dev.foldlog.v1.CommitCheckpointRequest;
import dev.foldlog.v1.EventStoreGrpc;
import dev.foldlog.v1.GetEventRequest;
import dev.foldlog.v1.GetStoreInfoRequest;
import dev.foldlog.v1.GetStoreInfoResponse;
import dev.foldlog.v1.ProjectionEngineGrpc;
import dev.foldlog.v1.ReadAllRequest;
import dev.foldlog.v1.RecordedEvent;
import dev.foldlog.v1.SubscribeAllRequest;
import dev.foldlog.v1.SubscribeAllResponse;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A connection to a server, with a deadline on every call that ends by itself. Thread-safe. */
public final class ServerClient implements AutoCloseable {
    private static final int CALL_SECONDS = 20;
    private static final int READ_SECONDS = 60;

    private final ManagedChannel channel;

    private ServerClient(ManagedChannel channel) {
        this.channel = channel;
    }

    /** A connection to a server on this machine. */
    public static ServerClient connect(int port) {
        return new ServerClient(
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build());
    }

    /** A connection to a server inside this process. */
    static ServerClient inProcess(String name) {
        return new ServerClient(InProcessChannelBuilder.forName(name).build());
    }

    /** Sends an append and notes the answer in its journal entry. */
    Outcome append(Attempt attempt) {
        Outcome outcome;
        try {
            AppendResponse response = events().append(attempt.request());
            outcome = new Acked(response);
        } catch (StatusRuntimeException e) {
            outcome = Outcome.of(e);
        }
        attempt.answered(outcome);
        return outcome;
    }

    /** The whole log. */
    public List<RecordedEvent> readAll() {
        List<RecordedEvent> events = new ArrayList<>();
        EventStoreGrpc.newBlockingStub(channel)
                .withDeadlineAfter(READ_SECONDS, TimeUnit.SECONDS)
                .readAll(ReadAllRequest.getDefaultInstance())
                .forEachRemaining(batch -> events.addAll(batch.getEventsList()));
        return events;
    }

    public GetStoreInfoResponse info() {
        return events().getStoreInfo(GetStoreInfoRequest.getDefaultInstance());
    }

    /** What the server says of itself. */
    public ServingStatus health() {
        return HealthGrpc.newBlockingStub(channel)
                .withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS)
                .check(HealthCheckRequest.getDefaultInstance())
                .getStatus();
    }

    /** Calls of each kind that touch the store, by name. */
    public List<Probe> probes() {
        return List.of(
                new Probe("ReadAll", this::readAll),
                new Probe(
                        "GetEvent",
                        () -> events().getEvent(GetEventRequest.newBuilder()
                                .setEventId("none")
                                .build())),
                new Probe(
                        "CommitCheckpoint",
                        () -> CheckpointsGrpc.newBlockingStub(channel)
                                .withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS)
                                .commitCheckpoint(CommitCheckpointRequest.newBuilder()
                                        .setName("probe")
                                        .setPosition(1)
                                        .build())),
                new Probe(
                        "SubscribeAll",
                        () -> EventStoreGrpc.newBlockingStub(channel)
                                .withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS)
                                .subscribeAll(SubscribeAllRequest.getDefaultInstance())
                                .forEachRemaining(_ -> {})));
    }

    void subscribe(SubscribeAllRequest request, StreamObserver<SubscribeAllResponse> observer) {
        EventStoreGrpc.newStub(channel).subscribeAll(request, observer);
    }

    ProjectionEngineGrpc.ProjectionEngineBlockingStub projections() {
        return ProjectionEngineGrpc.newBlockingStub(channel).withDeadlineAfter(READ_SECONDS, TimeUnit.SECONDS);
    }

    private EventStoreGrpc.EventStoreBlockingStub events() {
        return EventStoreGrpc.newBlockingStub(channel).withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    /** A call to see what becomes of it. */
    public record Probe(String name, Runnable call) {
        /** The reason it is refused with: a status code where the server gave none, "answered" where it was not. */
        public String reason() {
            try {
                call.run();
                return "answered";
            } catch (StatusRuntimeException e) {
                String reason = Outcome.reason(e);
                return reason == null ? e.getStatus().getCode().name() : reason;
            }
        }
    }
}
