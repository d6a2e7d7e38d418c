package dev.foldlog.cli.faults.client;

import dev.foldlog.cli.faults.client.Violation.Rule;
import dev.foldlog.v1.CelProjection;
import dev.foldlog.v1.CreateProjectionRequest;
import dev.foldlog.v1.ListStatesRequest;
import dev.foldlog.v1.ListStatesResponse;
import dev.foldlog.v1.Projection;
import dev.foldlog.v1.ProjectionMode;
import dev.foldlog.v1.ProjectionState;
import dev.foldlog.v1.RebuildProjectionRequest;
import dev.foldlog.v1.RecordedEvent;
import dev.foldlog.v1.WaitForProjectionRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Projections, one of each mode, that count the events of each partition: their states must be what the log says. */
public final class Counts {
    private static final Map<String, ProjectionMode> MODES = Map.of(
            "sync-counts", ProjectionMode.PROJECTION_MODE_SYNC, "async-counts", ProjectionMode.PROJECTION_MODE_ASYNC);
    private static final int PAGE = 1_000;

    private Counts() {}

    /** Makes them, where they are not there yet, and waits until they are built. */
    public static void make(ServerClient client) {
        MODES.forEach((name, mode) -> client.projections()
                .createProjection(CreateProjectionRequest.newBuilder()
                        .setProjection(Projection.newBuilder()
                                .setName(name)
                                .setMode(mode)
                                .setCel(CelProjection.newBuilder().setApply("{'n': (has(state.n) ? state.n : 0) + 1}")))
                        .build()));
        MODES.keySet().forEach(name -> settled(client, name));
    }

    /** Begins to build them anew. */
    public static void rebuild(ServerClient client) {
        MODES.keySet()
                .forEach(name -> client.projections()
                        .rebuildProjection(RebuildProjectionRequest.newBuilder()
                                .setName(name)
                                .build()));
    }

    /** What is wrong with them, once they have caught up; nothing when they were never made. */
    static List<Violation> violations(ServerClient client, List<RecordedEvent> stored) {
        List<Violation> found = new ArrayList<>();
        client.projections()
                .listProjections(dev.foldlog.v1.ListProjectionsRequest.getDefaultInstance())
                .getProjectionsList()
                .forEach(it -> {
                    Projection.State state = settled(client, it.getName()).getState();
                    if (state != Projection.State.STATE_RUNNING) {
                        found.add(new Violation(Rule.PROJECTION_IS_THE_FOLD, it.getName() + " is " + state));
                    }
                    found.addAll(violations(it.getName(), states(client, it.getName()), stored));
                });
        return found;
    }

    /** What differs between states and a fold of the log. */
    static List<Violation> violations(String name, Map<String, String> states, List<RecordedEvent> stored) {
        Map<String, Long> counts = new HashMap<>();
        stored.forEach(it -> counts.merge(it.getPartitionKey(), 1L, Long::sum));
        Map<String, String> expected = new HashMap<>();
        counts.forEach((partition, count) -> expected.put(partition, "{\"n\":" + count + "}"));
        List<Violation> found = new ArrayList<>();
        expected.forEach((partition, state) -> {
            String actual = states.getOrDefault(partition, "none");
            if (!actual.equals(state)) {
                found.add(new Violation(
                        Rule.PROJECTION_IS_THE_FOLD,
                        name + ": " + partition + ": " + actual + " (expected: " + state + ")"));
            }
        });
        states.keySet().stream()
                .filter(it -> !expected.containsKey(it))
                .forEach(it -> found.add(new Violation(Rule.PROJECTION_IS_THE_FOLD, name + ": " + it + ": no event")));
        return found;
    }

    private static Projection settled(ServerClient client, String name) {
        return client.projections()
                .waitForProjection(WaitForProjectionRequest.newBuilder()
                        .setName(name)
                        .setRebuildDone(true)
                        .build())
                .getProjection();
    }

    private static Map<String, String> states(ServerClient client, String name) {
        Map<String, String> states = new HashMap<>();
        String token = "";
        do {
            ListStatesResponse page = client.projections()
                    .listStates(ListStatesRequest.newBuilder()
                            .setProjection(name)
                            .setPageSize(PAGE)
                            .setPageToken(token)
                            .build());
            for (ProjectionState state : page.getStatesList()) {
                states.put(state.getKey(), state.getValue().getJson());
            }
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        return states;
    }
}
