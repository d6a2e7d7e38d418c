package dev.foldlog.server.grpc.projection;

import dev.foldlog.core.store.StoreSettings;
import dev.foldlog.server.FoldlogServer;
import dev.foldlog.server.ServerSettings;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.AppendResponse;
import dev.foldlog.v1.CelProjection;
import dev.foldlog.v1.CreateProjectionRequest;
import dev.foldlog.v1.EventStoreGrpc;
import dev.foldlog.v1.GetProjectionRequest;
import dev.foldlog.v1.GetStateRequest;
import dev.foldlog.v1.ListStatesRequest;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.Payload;
import dev.foldlog.v1.Projection;
import dev.foldlog.v1.ProjectionEngineGrpc;
import dev.foldlog.v1.ProjectionMode;
import dev.foldlog.v1.ProjectionState;
import dev.foldlog.v1.WaitForProjectionRequest;
import io.grpc.ManagedChannel;
import io.grpc.inprocess.InProcessChannelBuilder;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A whole server over a store, with a client of it. */
final class ServedProjections implements AutoCloseable {
    static final String COUNT = "{'count': (has(state.count) ? state.count : 0) + 1}";

    private static final long DEADLINE_SECONDS = 60;

    private final FoldlogServer server;
    private final ManagedChannel channel;

    ServedProjections(StoreSettings store) {
        String name = "projections-" + UUID.randomUUID();
        this.server = FoldlogServer.inProcess(name, ServerSettings.onLoopback(0, store));
        this.channel = InProcessChannelBuilder.forName(name).build();
    }

    ProjectionEngineGrpc.ProjectionEngineBlockingStub projections() {
        return ProjectionEngineGrpc.newBlockingStub(channel).withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    EventStoreGrpc.EventStoreBlockingStub events() {
        return EventStoreGrpc.newBlockingStub(channel).withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    EventStoreGrpc.EventStoreFutureStub eventsLater() {
        return EventStoreGrpc.newFutureStub(channel).withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    /** Approvals counted by producer, as in the concept. */
    static Projection.Builder counting(String name, ProjectionMode mode) {
        return Projection.newBuilder()
                .setName(name)
                .setMode(mode)
                .setCel(CelProjection.newBuilder()
                        .setApplies("event.action == 'approve'")
                        .setKey("event.producer")
                        .setApply(COUNT));
    }

    /** Fails on payloads without a number x. */
    static Projection.Builder summing(String name, ProjectionMode mode) {
        return counting(name, mode)
                .setCel(CelProjection.newBuilder()
                        .setKey("event.producer")
                        .setApply("{'sum': (has(state.sum) ? state.sum : 0) + event.payload.x}"));
    }

    static NewEvent event(String action, String producer, String json) {
        return NewEvent.newBuilder()
                .setEventId(UUID.randomUUID().toString())
                .setAction(action)
                .setProducer(producer)
                .setArtifactType("answer")
                .setArtifactId("a-" + producer)
                .setPayload(Payload.newBuilder().setJson(json))
                .build();
    }

    static NewEvent approval(String producer) {
        return event("approve", producer, "{}");
    }

    AppendResponse append(NewEvent... events) {
        return events().append(
                        AppendRequest.newBuilder().addAllEvents(List.of(events)).build());
    }

    Projection create(Projection.Builder projection) {
        return projections()
                .createProjection(CreateProjectionRequest.newBuilder()
                        .setProjection(projection)
                        .build())
                .getProjection();
    }

    /** Makes it and waits until its first build is done. */
    Projection build(Projection.Builder projection) {
        create(projection);
        return settled(projection.getName());
    }

    /** The projection once it has applied everything and no build is under way. */
    Projection settled(String name) {
        return projections()
                .waitForProjection(WaitForProjectionRequest.newBuilder()
                        .setName(name)
                        .setRebuildDone(true)
                        .build())
                .getProjection();
    }

    Projection get(String name) {
        return projections()
                .getProjection(GetProjectionRequest.newBuilder().setName(name).build())
                .getProjection();
    }

    ProjectionState state(String name, String key) {
        return projections()
                .getState(GetStateRequest.newBuilder()
                        .setProjection(name)
                        .setKey(key)
                        .build())
                .getState();
    }

    /** Keys and the JSON of their states. */
    Map<String, String> states(String name) {
        return projections()
                .listStates(ListStatesRequest.newBuilder()
                        .setProjection(name)
                        .setPageSize(1_000)
                        .build())
                .getStatesList()
                .stream()
                .collect(Collectors.toMap(
                        ProjectionState::getKey, it -> it.getValue().getJson()));
    }

    @Override
    public void close() {
        channel.shutdownNow();
        server.close();
    }
}
