package dev.foldlog.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.foldlog.client.FailingServer.Fault;
import dev.foldlog.client.error.CheckpointMovedException;
import dev.foldlog.client.error.ConcurrencyConflictException;
import dev.foldlog.client.error.ConflictViolation;
import dev.foldlog.client.error.FoldlogException;
import dev.foldlog.client.error.InvalidFieldException;
import dev.foldlog.client.error.NotReadyException;
import dev.foldlog.client.error.OutcomeUnknownException;
import dev.foldlog.client.error.TransportException;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.AppendResponse;
import dev.foldlog.v1.CheckpointUpdate;
import dev.foldlog.v1.NewEvent;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AppendTest {
    private final ServedStore store = ServedStore.inProcess();
    private final FailingServer front = FailingServer.before(store.channel());

    @AfterEach
    void stop() {
        front.close();
        store.close();
    }

    @Test
    void gives_every_event_a_time_ordered_id_and_keeps_those_given() {
        Foldlog client = store.client();

        AppendResponse answer = client.append(
                Events.event("a"), Events.draft("a").setEventId("mine").build(), Events.event("b"));

        assertThat(answer.getEvents(1).getEventId()).isEqualTo("mine");
        String first = answer.getEvents(0).getEventId();
        String last = answer.getEvents(2).getEventId();
        assertThat(UUID.fromString(first).version()).isEqualTo(7);
        assertThat(first).isLessThan(last);
        assertThat(client.getEvent(first).getPartitionKey()).isEqualTo("a");
        assertThat(client.storeInfo().getHeadPosition()).isEqualTo(answer.getPosition());
    }

    @Test
    void sends_the_same_request_again_when_the_answer_was_lost_and_stores_it_once() {
        front.failNext(Fault.answerLost(), Fault.answerLost());
        Foldlog client = front.client(ServedStore.OPTIONS);

        AppendResponse answer = client.append(AppendRequest.newBuilder()
                .addEvents(Events.event("a"))
                .addPreconditions(Preconditions.absent("a"))
                .build());

        assertThat(answer.getReplayed()).isTrue();
        assertThat(front.appends()).hasSize(3).containsOnly(front.appends().getFirst());
        assertThat(store.client().readStream("a").toList()).hasSize(1);
    }

    @Test
    void leaves_ids_to_the_request_id_where_there_is_one() {
        front.failNext(Fault.answerLost());
        AppendRequest request = AppendRequest.newBuilder()
                .setRequestId("01934d1c-7a5e-7000-8000-000000000001")
                .addEvents(Events.event("a"))
                .build();

        AppendResponse answer = front.client(ServedStore.OPTIONS).append(request);

        assertThat(answer.getReplayed()).isTrue();
        assertThat(front.appends()).containsExactly(request, request);
    }

    @Test
    void tells_with_the_request_when_no_try_brought_an_answer() {
        front.failNext(Fault.answerLost(), Fault.answerLost());
        Foldlog client = front.client(
                ServedStore.OPTIONS.withRetry(new RetryPolicy(2, Duration.ofMillis(1), Duration.ofMillis(1))));

        OutcomeUnknownException unknown =
                catchThrowableOfType(OutcomeUnknownException.class, () -> client.append(Events.event("a")));

        AppendRequest request = (AppendRequest) unknown.request().orElseThrow();
        assertThat(unknown.isWithoutEffect()).isFalse();
        assertThat(unknown).hasCauseInstanceOf(TransportException.class);
        assertThat(client.append(request).getReplayed()).isTrue();
    }

    @Test
    void is_not_in_doubt_when_every_try_was_refused_without_effect() {
        Status.Code code = Status.Code.UNAVAILABLE;
        front.failNext(
                Fault.refused(Answers.refusal("NOT_READY", code)), Fault.refused(Answers.refusal("NOT_READY", code)));
        Foldlog client = front.client(
                ServedStore.OPTIONS.withRetry(new RetryPolicy(2, Duration.ofMillis(1), Duration.ofMillis(1))));

        assertThatThrownBy(() -> client.append(Events.event("a"))).isInstanceOf(NotReadyException.class);
        assertThat(front.appends()).hasSize(2);
    }

    @Test
    void stays_in_doubt_when_a_lost_answer_is_followed_by_a_server_that_is_not_ready() {
        front.failNext(Fault.answerLost(), Fault.refused(Answers.refusal("NOT_READY", Status.Code.UNAVAILABLE)));
        Foldlog client = front.client(
                ServedStore.OPTIONS.withRetry(new RetryPolicy(2, Duration.ofMillis(1), Duration.ofMillis(1))));

        assertThatThrownBy(() -> client.append(Events.event("a")))
                .isInstanceOf(OutcomeUnknownException.class)
                .matches(it -> !((FoldlogException) it).isWithoutEffect());
    }

    @Test
    void does_not_repeat_what_no_repeat_can_mend() {
        Foldlog client = front.client(ServedStore.OPTIONS);

        InvalidFieldException invalid =
                catchThrowableOfType(InvalidFieldException.class, () -> client.append(NewEvent.getDefaultInstance()));

        assertThat(front.appends()).hasSize(1);
        assertThat(invalid.violationCount()).isEqualTo(4);
        assertThat(invalid.fieldViolations())
                .extracting(it -> it.field())
                .containsExactlyInAnyOrder(
                        "events[0].action", "events[0].producer", "events[0].artifact_id", "events[0].artifact_type");
    }

    @Test
    void tells_which_preconditions_did_not_hold() {
        Foldlog client = store.client();
        client.append(Events.numbered("a", 2));
        long position = client.append(Events.draft("b").addTags("t").build()).getPosition();

        ConcurrencyConflictException conflict = catchThrowableOfType(
                ConcurrencyConflictException.class,
                () -> client.append(AppendRequest.newBuilder()
                        .addEvents(Events.event("c"))
                        .addPreconditions(Preconditions.present("a"))
                        .addPreconditions(Preconditions.sequence("a", 1))
                        .addPreconditions(Preconditions.noEventsMatching(Events.tagged("t"), position - 1))
                        .build()));

        assertThat(conflict.violationCount()).isEqualTo(2);
        assertThat(conflict.violations())
                .containsExactly(new ConflictViolation(1, "a", 2, 0), new ConflictViolation(2, "", 0, position));
        assertThat(client.getPartition("c").getLastSequence()).isZero();
    }

    @Test
    void moves_a_checkpoint_with_the_events_or_stores_neither() {
        Foldlog client = store.client();
        client.append(Events.numbered("a", 3));
        AppendRequest derived = AppendRequest.newBuilder()
                .addEvents(Events.event("derived"))
                .addCheckpoints(CheckpointUpdate.newBuilder()
                        .setName("worker")
                        .setExpectedPosition(0)
                        .setPosition(3))
                .build();

        client.append(derived);
        CheckpointMovedException moved =
                catchThrowableOfType(CheckpointMovedException.class, () -> client.append(derived));

        assertThat(moved.checkpoint()).isEqualTo("worker");
        assertThat(moved.currentPosition()).isEqualTo(3);
        assertThat(moved.expectedPosition()).isZero();
        assertThat(client.readStream("derived").toList()).hasSize(1);
    }

    @Test
    void ends_at_its_deadline_when_there_is_no_server() {
        ManagedChannel nowhere = InProcessChannelBuilder.forName("nowhere").build();
        Foldlog client = Foldlog.over(
                nowhere,
                ClientOptions.STANDARD
                        .withDeadlines(Duration.ofMillis(200), Duration.ofMillis(100))
                        .withRetry(new RetryPolicy(1_000_000, Duration.ofMillis(5), Duration.ofMillis(5))));

        assertThatThrownBy(client::storeInfo).isInstanceOf(TransportException.class);
        nowhere.shutdownNow();
    }

    /** A connection that was refused has carried nothing, so there is no doubt, also for what has no ids. */
    @Test
    void is_not_in_doubt_when_nobody_listens() {
        try (ServedStore stopped = ServedStore.onLoopback()) {
            Foldlog client = stopped.client(ServedStore.OPTIONS.withRetry(RetryPolicy.NEVER));
            stopped.stop();

            assertThatThrownBy(() -> client.append(Events.event("a")))
                    .isInstanceOf(TransportException.class)
                    .matches(it -> ((FoldlogException) it).isWithoutEffect());
            assertThatThrownBy(() -> client.checkpoints().move("worker", 0, 1)).isInstanceOf(TransportException.class);
        }
    }

    @Test
    void refuses_an_address_that_is_none() {
        assertThatThrownBy(() -> Foldlog.connect(" "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: host:port");
    }

    @Test
    void waits_for_a_server_that_restarts() {
        try (ServedStore restarted = ServedStore.onLoopback();
                Foldlog client = Foldlog.connect(
                        "127.0.0.1:" + restarted.port(), InsecureChannelCredentials.create(), ServedStore.OPTIONS)) {
            client.append(Events.event("a"));
            restarted.restart();

            client.append(Events.event("a"));

            assertThat(Events.sequences(client.readStream("a").toList())).isEqualTo(List.of(1L, 2L));
        }
    }
}
