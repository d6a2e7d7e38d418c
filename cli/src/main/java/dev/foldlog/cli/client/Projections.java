package dev.foldlog.cli.client;

import com.google.protobuf.Duration;
import dev.foldlog.v1.CreateProjectionRequest;
import dev.foldlog.v1.DeleteProjectionRequest;
import dev.foldlog.v1.GetProjectionRequest;
import dev.foldlog.v1.GetStateRequest;
import dev.foldlog.v1.ListProjectionsRequest;
import dev.foldlog.v1.ListProjectionsResponse;
import dev.foldlog.v1.ListStatesRequest;
import dev.foldlog.v1.ListStatesResponse;
import dev.foldlog.v1.Projection;
import dev.foldlog.v1.ProjectionEngineGrpc.ProjectionEngineBlockingV2Stub;
import dev.foldlog.v1.ProjectionFailure;
import dev.foldlog.v1.ProjectionState;
import dev.foldlog.v1.RebuildProjectionRequest;
import dev.foldlog.v1.SetProjectionPausedRequest;
import dev.foldlog.v1.TestProjectionRequest;
import dev.foldlog.v1.TestProjectionResponse;
import dev.foldlog.v1.WaitForProjectionRequest;
import io.grpc.StatusException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The projections of a server. Thread-safe. */
public final class Projections {
    private static final int PAGE = 1_000;

    private final Connection connection;

    public Projections(Connection connection) {
        this.connection = connection;
    }

    public ProjectionReport create(ProjectionOrder order) {
        return report(stub -> stub.createProjection(CreateProjectionRequest.newBuilder()
                        .setProjection(order.projection())
                        .build())
                .getProjection());
    }

    public ProjectionReport get(String name) {
        return report(stub -> stub.getProjection(
                        GetProjectionRequest.newBuilder().setName(name).build())
                .getProjection());
    }

    public List<ProjectionReport> list() {
        return told(stub -> {
            List<ProjectionReport> found = new ArrayList<>();
            String token = "";
            do {
                ListProjectionsResponse page = stub.listProjections(
                        ListProjectionsRequest.newBuilder().setPageToken(token).build());
                page.getProjectionsList().forEach(it -> found.add(ProjectionReport.of(it)));
                token = page.getNextPageToken();
            } while (!token.isEmpty());
            return found;
        });
    }

    public KeyedState state(String name, String key) {
        return told(stub -> state(stub.getState(GetStateRequest.newBuilder()
                        .setProjection(name)
                        .setKey(key)
                        .build())
                .getState()));
    }

    /** Hands over the states in key order, as they come. */
    public void states(String name, String prefix, Consumer<KeyedState> consumer) {
        String token = "";
        do {
            String page = token;
            ListStatesResponse response = told(stub -> stub.listStates(ListStatesRequest.newBuilder()
                    .setProjection(name)
                    .setKeyPrefix(prefix)
                    .setPageSize(PAGE)
                    .setPageToken(page)
                    .build()));
            response.getStatesList().forEach(it -> consumer.accept(state(it)));
            token = response.getNextPageToken();
        } while (!token.isEmpty());
    }

    public ProjectionReport rebuild(String name, boolean isValidateOnly) {
        return report(stub -> stub.rebuildProjection(RebuildProjectionRequest.newBuilder()
                        .setName(name)
                        .setValidateOnly(isValidateOnly)
                        .build())
                .getProjection());
    }

    public ProjectionReport pause(String name, boolean isPaused) {
        return report(stub -> stub.setProjectionPaused(SetProjectionPausedRequest.newBuilder()
                        .setName(name)
                        .setPaused(isPaused)
                        .build())
                .getProjection());
    }

    /** Waits a moment for a position, 0: the head, and for a build to end. */
    public ProjectionReport await(String name, long position, long millis) {
        return report(stub -> stub.waitForProjection(WaitForProjectionRequest.newBuilder()
                        .setName(name)
                        .setPosition(position)
                        .setRebuildDone(true)
                        .setTimeout(Duration.newBuilder()
                                .setSeconds(millis / 1_000)
                                .setNanos((int) (millis % 1_000) * 1_000_000))
                        .build())
                .getProjection());
    }

    public void delete(String name) {
        told(stub -> stub.deleteProjection(
                DeleteProjectionRequest.newBuilder().setName(name).build()));
    }

    /** States after a trial over the newest events, and what failed. */
    public Trial trial(ProjectionOrder order, int limit) {
        TestProjectionResponse response = told(stub -> stub.testProjection(TestProjectionRequest.newBuilder()
                .setProjection(order.projection())
                .setLimit(limit)
                .build()));
        return new Trial(
                response.getStatesList().stream().map(Projections::state).toList(),
                response.getAppliedCount(),
                response.getFailuresList().stream().map(Projections::failure).toList());
    }

    /** What a trial gave. */
    public record Trial(List<KeyedState> states, long applied, List<String> failures) {}

    private static String failure(ProjectionFailure failure) {
        return "position " + failure.getPosition() + ", event " + failure.getEventId() + ": " + failure.getMessage();
    }

    private static KeyedState state(ProjectionState state) {
        return new KeyedState(state.getKey(), state.getValue().getJson(), state.getPosition());
    }

    private ProjectionReport report(Call<Projection> call) {
        return ProjectionReport.of(told(call));
    }

    private <T> T told(Call<T> call) {
        try {
            return call.make(connection.projections());
        } catch (StatusException e) {
            throw ServerErrors.told(e, connection.server());
        }
    }

    private interface Call<T> {
        T make(ProjectionEngineBlockingV2Stub stub) throws StatusException;
    }
}
