package dev.foldlog.server.grpc.projection;

import static dev.foldlog.server.grpc.projection.ServedProjections.approval;
import static dev.foldlog.server.grpc.projection.ServedProjections.counting;
import static dev.foldlog.server.grpc.projection.ServedProjections.event;
import static dev.foldlog.server.grpc.projection.ServedProjections.summing;
import static dev.foldlog.v1.ProjectionMode.PROJECTION_MODE_ASYNC;
import static dev.foldlog.v1.ProjectionMode.PROJECTION_MODE_SYNC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.Duration;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.AppendResponse;
import dev.foldlog.v1.ApplyErrorPolicy;
import dev.foldlog.v1.CelProjection;
import dev.foldlog.v1.DeleteProjectionRequest;
import dev.foldlog.v1.EventFilter;
import dev.foldlog.v1.GetStateRequest;
import dev.foldlog.v1.ListProjectionsRequest;
import dev.foldlog.v1.PluginRef;
import dev.foldlog.v1.Projection;
import dev.foldlog.v1.ProjectionMode;
import dev.foldlog.v1.RebuildProjectionRequest;
import dev.foldlog.v1.SetProjectionPausedRequest;
import dev.foldlog.v1.TestProjectionRequest;
import dev.foldlog.v1.TestProjectionResponse;
import dev.foldlog.v1.UpdateProjectionRequest;
import dev.foldlog.v1.WaitForProjectionRequest;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds of projections over every store; each store has a class that says how it is served. */
abstract class ProjectionCalls {
    private static final String MODES = "PROJECTION_MODE_(SYNC|ASYNC)";

    private final ServedProjections served;

    ProjectionCalls(ServedProjections served) {
        this.served = served;
    }

    @AfterEach
    void close() {
        served.close();
    }

    @Test
    void a_sync_projection_shows_an_append_as_soon_as_it_is_answered() {
        served.build(counting("approvals", PROJECTION_MODE_SYNC));

        served.append(approval("ana"), approval("ben"), event("reject", "ana", "{}"), approval("ana"));

        assertThat(served.states("approvals")).isEqualTo(Map.of("ana", "{\"count\":2}", "ben", "{\"count\":1}"));
        assertThat(served.state("approvals", "ana").getPosition()).isEqualTo(4);
        assertThat(served.get("approvals").getAppliedPosition()).isEqualTo(4);
        assertThat(served.get("approvals").getKeyCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = MODES, mode = EnumSource.Mode.MATCH_ALL)
    void a_projection_begins_with_what_is_stored(ProjectionMode mode) {
        for (int i = 0; i < 3_000; i++) {
            served.append(approval("p" + i % 7));
        }

        served.build(counting("approvals", mode));
        served.append(approval("p0"));

        assertThat(served.settled("approvals").getState()).isEqualTo(Projection.State.STATE_RUNNING);
        assertThat(served.states("approvals"))
                .hasSize(7)
                .containsEntry("p0", "{\"count\":430}")
                .containsEntry("p6", "{\"count\":428}");
    }

    @ParameterizedTest
    @EnumSource(names = MODES, mode = EnumSource.Mode.MATCH_ALL)
    void appends_go_on_while_a_projection_is_built_and_each_counts_once(ProjectionMode mode) throws Exception {
        List<ListenableFuture<AppendResponse>> appends = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            appends.add(later(approval("ana")));
        }
        served.create(counting("approvals", mode));
        for (int i = 0; i < 1_500; i++) {
            appends.add(later(approval("ana")));
        }
        for (ListenableFuture<AppendResponse> append : appends) {
            append.get();
        }
        served.settled("approvals");

        assertThat(served.states("approvals")).isEqualTo(Map.of("ana", "{\"count\":2000}"));
    }

    @Test
    void a_failing_apply_fails_its_append_alone() throws Exception {
        served.build(summing("sums", PROJECTION_MODE_SYNC));
        List<ListenableFuture<AppendResponse>> appends = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            appends.add(later(event("a", "ana", "{\"x\":1}"), event("a", "ben", i % 10 == 3 ? "{}" : "{\"x\":1}")));
        }
        int refused = 0;
        for (int i = 0; i < appends.size(); i++) {
            ListenableFuture<AppendResponse> append = appends.get(i);
            if (i % 10 == 3) {
                refused++;
                assertThatThrownBy(append::get)
                        .isInstanceOf(ExecutionException.class)
                        .hasMessageContaining("FAILED_PRECONDITION: events[1]: projection sums failed");
            } else {
                append.get();
            }
        }

        assertThat(refused).isEqualTo(20);
        assertThat(served.get("sums").getAppliedPosition()).isEqualTo(360);
        assertThat(served.states("sums")).isEqualTo(Map.of("ana", "{\"sum\":180}", "ben", "{\"sum\":180}"));
    }

    @Test
    void an_async_projection_is_waited_for() {
        served.build(counting("approvals", PROJECTION_MODE_ASYNC));
        long position = 0;
        for (int i = 0; i < 50; i++) {
            position = served.append(approval("ana")).getPosition();
        }

        var answer = served.projections()
                .getState(GetStateRequest.newBuilder()
                        .setProjection("approvals")
                        .setKey("ana")
                        .setMinPosition(position)
                        .build());

        assertThat(answer.getState().getValue().getJson()).isEqualTo("{\"count\":50}");
        assertThat(answer.getAppliedPosition()).isGreaterThanOrEqualTo(position);
    }

    @ParameterizedTest
    @EnumSource(names = MODES, mode = EnumSource.Mode.MATCH_ALL)
    void a_rebuild_changes_nothing_and_says_so(ProjectionMode mode) {
        served.build(counting("approvals", mode));
        for (int i = 0; i < 100; i++) {
            served.append(approval("p" + i % 3));
        }
        served.settled("approvals");
        Map<String, String> before = served.states("approvals");

        rebuild("approvals", false);
        Projection after = served.settled("approvals");

        assertThat(served.states("approvals")).isEqualTo(before);
        assertThat(after.getState()).isEqualTo(Projection.State.STATE_RUNNING);
        assertThat(after.getRebuild().getEventCount()).isEqualTo(100);
        assertThat(after.getRebuild().hasFinishedAt()).isTrue();
        assertThat(after.getRebuild().getDiff().getChangedKeys()).isZero();
        assertThat(after.getRebuild().getDiff().getSampleKeysList()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = MODES, mode = EnumSource.Mode.MATCH_ALL)
    void another_definition_takes_over_with_what_it_changes(ProjectionMode mode) {
        served.build(counting("approvals", mode));
        served.append(approval("ana"), approval("ben"), event("reject", "cleo", "{}"));
        Projection.Builder all = counting("approvals", mode)
                .setCel(CelProjection.newBuilder()
                        .setKey("event.producer == 'ana' ? 'anna' : event.producer")
                        .setApply(ServedProjections.COUNT));

        served.projections()
                .updateProjection(UpdateProjectionRequest.newBuilder()
                        .setProjection(all)
                        .setExpectedRevision(1)
                        .build());
        Projection after = served.settled("approvals");

        assertThat(after.getRevision()).isEqualTo(2);
        assertThat(after.getRebuild().getDiff().getAddedKeys()).isEqualTo(2);
        assertThat(after.getRebuild().getDiff().getRemovedKeys()).isEqualTo(1);
        assertThat(after.getRebuild().getDiff().getSampleKeysList()).containsExactly("ana", "anna", "cleo");
        assertThat(served.states("approvals").keySet()).containsExactlyInAnyOrder("anna", "ben", "cleo");
    }

    @Test
    void a_definition_that_fails_on_what_is_stored_ends_in_failed_and_blocks_nobody() {
        served.append(event("a", "ana", "{}"));

        Projection failed = waitForFailure(summing("sums", PROJECTION_MODE_SYNC));

        assertThat(failed.getState()).isEqualTo(Projection.State.STATE_FAILED);
        assertThat(failed.getRebuild().getFailure().getPosition()).isEqualTo(1);
        served.append(event("a", "ana", "{}"));
    }

    @Test
    void an_event_that_fails_stops_an_async_projection_until_it_is_let_go_on() {
        served.build(summing("sums", PROJECTION_MODE_ASYNC));
        served.append(event("a", "ana", "{\"x\":1}"));
        var poison = served.append(event("a", "ana", "{}"));
        served.append(event("a", "ana", "{\"x\":1}"));

        Projection stopped = waitForPhase("sums", Projection.State.STATE_FAILED);

        assertThat(stopped.getFailure().getPosition()).isEqualTo(poison.getPosition());
        assertThat(stopped.getFailure().getEventId())
                .isEqualTo(poison.getEvents(0).getEventId());
        assertThat(stopped.getAppliedPosition()).isEqualTo(1);
        assertThat(stopped.getLag()).isEqualTo(2);
        pause("sums", false);
        assertThat(waitForPhase("sums", Projection.State.STATE_FAILED)
                        .getFailure()
                        .getPosition())
                .isEqualTo(2);
    }

    @Test
    void an_event_that_fails_is_skipped_and_counted() {
        served.build(summing("sums", PROJECTION_MODE_ASYNC).setOnError(ApplyErrorPolicy.APPLY_ERROR_POLICY_SKIP));
        served.append(event("a", "ana", "{\"x\":1}"), event("a", "ana", "{}"), event("a", "ana", "{\"x\":1}"));

        Projection settled = served.settled("sums");

        assertThat(settled.getSkippedCount()).isEqualTo(1);
        assertThat(settled.getLastFailure().getPosition()).isEqualTo(2);
        assertThat(served.states("sums")).isEqualTo(Map.of("ana", "{\"sum\":2}"));
    }

    @Test
    void a_paused_projection_keeps_its_place() {
        served.build(counting("approvals", PROJECTION_MODE_ASYNC));
        pause("approvals", true);
        served.append(approval("ana"));
        assertThat(served.get("approvals").getState()).isEqualTo(Projection.State.STATE_PAUSED);
        assertThat(served.get("approvals").getAppliedPosition()).isZero();

        pause("approvals", false);

        assertThat(served.settled("approvals").getAppliedPosition()).isEqualTo(1);
        assertThat(served.states("approvals")).isEqualTo(Map.of("ana", "{\"count\":1}"));
    }

    @Test
    void a_rehearsed_rebuild_shows_the_difference_and_keeps_the_state() {
        served.build(counting("approvals", PROJECTION_MODE_SYNC));
        served.append(approval("ana"));

        rebuild("approvals", true);
        Projection after = served.settled("approvals");
        served.append(approval("ana"));

        assertThat(after.getRebuild().getValidateOnly()).isTrue();
        assertThat(after.getRebuild().getDiff().getChangedKeys()).isZero();
        assertThat(served.states("approvals")).isEqualTo(Map.of("ana", "{\"count\":2}"));
    }

    @Test
    void filters_and_removal_and_lists() {
        served.build(counting("approvals", PROJECTION_MODE_SYNC)
                .setFilter(EventFilter.newBuilder().addProducers("ana"))
                .setCel(CelProjection.newBuilder()
                        .setApply("event.action == 'reject' ? dyn(null) : dyn({'last': event.action})")));
        served.append(approval("ana"), approval("ben"));
        assertThat(served.states("approvals")).isEqualTo(Map.of("a-ana", "{\"last\":\"approve\"}"));

        served.append(event("reject", "ana", "{}"));

        assertThat(served.states("approvals")).isEmpty();
        assertThat(served.get("approvals").getKeyCount()).isZero();
        assertThat(served.projections()
                        .listProjections(ListProjectionsRequest.getDefaultInstance())
                        .getProjectionsList())
                .extracting(Projection::getName)
                .containsExactly("approvals");
        served.projections()
                .deleteProjection(DeleteProjectionRequest.newBuilder()
                        .setName("approvals")
                        .build());
        served.append(approval("ana"));
        assertThatThrownBy(() -> served.get("approvals"))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageStartingWith("NOT_FOUND");
    }

    @Test
    void a_definition_is_tried_on_stored_and_on_given_events() {
        served.append(approval("ana"), event("reject", "ana", "{}"));

        TestProjectionResponse stored = trial(TestProjectionRequest.newBuilder());
        TestProjectionResponse given = trial(TestProjectionRequest.newBuilder().addEvents(approval("ben")));

        assertThat(stored.getAppliedCount()).isEqualTo(1);
        assertThat(stored.getStates(0).getKey()).isEqualTo("ana");
        assertThat(given.getStates(0).getKey()).isEqualTo("ben");
    }

    @ParameterizedTest
    @EnumSource(names = MODES, mode = EnumSource.Mode.MATCH_ALL)
    void a_start_past_the_head_is_refused(ProjectionMode mode) {
        served.append(approval("ana"));
        Projection.Builder ahead = counting("late", mode).setStartAfterPosition(2);

        assertThatThrownBy(() -> served.create(ahead))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessage("OUT_OF_RANGE: projection.start_after_position: 2 (expected: at most the head, 1)");
        served.build(ahead.clone().setStartAfterPosition(1));
        assertThatThrownBy(() -> served.projections()
                        .updateProjection(UpdateProjectionRequest.newBuilder()
                                .setProjection(ahead)
                                .build()))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageStartingWith("OUT_OF_RANGE: projection.start_after_position: 2 ");

        served.append(approval("ana"));
        served.settled("late");
        assertThat(served.states("late")).isEqualTo(Map.of("ana", "{\"count\":1}"));
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "0, -1", "9223372036854775807, 999999999", "9223372036854775807, 2147483647"})
    void a_timeout_that_is_none_is_refused(long seconds, int nanos) {
        assertThatThrownBy(() -> served.projections()
                        .waitForProjection(WaitForProjectionRequest.newBuilder()
                                .setName("any")
                                .setTimeout(Duration.newBuilder()
                                        .setSeconds(seconds)
                                        .setNanos(nanos))
                                .build()))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageStartingWith("INVALID_ARGUMENT: timeout: ");
    }

    @Test
    void each_text_of_a_plugin_has_its_own_limit() {
        assertThatThrownBy(() -> served.create(plugin("n".repeat(129), "value")))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("projection.plugin.name: 129 bytes (expected: at most 128");
        assertThatThrownBy(() -> served.create(plugin("absent", "v".repeat(4_097))))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("projection.plugin.settings: 4097 bytes (expected: at most 4096");
        assertThatThrownBy(() -> served.create(plugin("absent", "v".repeat(4_096))))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("projection.plugin.name: ")
                .hasMessageContaining("absent (expected: one of ");
    }

    @Test
    void what_does_not_compile_is_refused_with_its_place() {
        assertThatThrownBy(() -> served.create(counting("broken", PROJECTION_MODE_SYNC)
                        .setCel(CelProjection.newBuilder().setApply("{'a': event.nothing}"))))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageStartingWith("INVALID_ARGUMENT: projection.cel.apply: line 1, column ");
    }

    private static Projection.Builder plugin(String name, String setting) {
        return Projection.newBuilder()
                .setName("plugged")
                .setMode(PROJECTION_MODE_ASYNC)
                .setPlugin(PluginRef.newBuilder().setName(name).putSettings("key", setting));
    }

    private TestProjectionResponse trial(TestProjectionRequest.Builder request) {
        return served.projections()
                .testProjection(request.setProjection(counting("trial", PROJECTION_MODE_SYNC))
                        .build());
    }

    private ListenableFuture<AppendResponse> later(dev.foldlog.v1.NewEvent... events) {
        return served.eventsLater()
                .append(AppendRequest.newBuilder().addAllEvents(List.of(events)).build());
    }

    private void rebuild(String name, boolean isValidateOnly) {
        served.projections()
                .rebuildProjection(RebuildProjectionRequest.newBuilder()
                        .setName(name)
                        .setValidateOnly(isValidateOnly)
                        .build());
    }

    private void pause(String name, boolean isPaused) {
        served.projections()
                .setProjectionPaused(SetProjectionPausedRequest.newBuilder()
                        .setName(name)
                        .setPaused(isPaused)
                        .build());
    }

    private Projection waitForFailure(Projection.Builder projection) {
        served.create(projection);
        return waitForPhase(projection.getName(), Projection.State.STATE_FAILED);
    }

    private Projection waitForPhase(String name, Projection.State state) {
        return Awaitility.await().until(() -> served.get(name), it -> it.getState() == state);
    }
}
