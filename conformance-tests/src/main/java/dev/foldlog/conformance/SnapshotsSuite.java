package dev.foldlog.conformance;

import static dev.foldlog.conformance.wire.Events.event;
import static dev.foldlog.conformance.wire.Events.numbered;
import static dev.foldlog.conformance.wire.Requests.append;
import static dev.foldlog.conformance.wire.Requests.readAll;
import static dev.foldlog.conformance.wire.Requests.readAllBackward;
import static dev.foldlog.conformance.wire.Requests.readSince;
import static dev.foldlog.conformance.wire.Requests.readStream;
import static dev.foldlog.conformance.wire.Requests.readStreamBackward;
import static dev.foldlog.v1.ErrorReason.ERROR_REASON_POSITION_AHEAD;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.foldlog.conformance.wire.Refusal;
import dev.foldlog.v1.ReadAllRequest;
import dev.foldlog.v1.ReadAllResponse;
import dev.foldlog.v1.ReadOptions;
import dev.foldlog.v1.ReadStreamResponse;
import dev.foldlog.v1.RecordedEvent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Snapshots: a read sees the store as of one position, which later reads can ask for again. */
public abstract class SnapshotsSuite extends ConformanceSuite {
    private static final Timestamp EPOCH = Timestamp.getDefaultInstance();

    protected SnapshotsSuite(ConformanceFixture.Factory fixtures) {
        super(fixtures);
    }

    @Test
    void a_read_of_everything_can_be_repeated_as_of_its_position() {
        client().append(append(numbered("a", 5)));
        List<ReadAllResponse> before = client().answers(readAll());
        long asOf = before.getFirst().getAsOfPosition();
        client().append(event("a"), event("b"));

        assertThat(asOf).isEqualTo(before.getFirst().getEvents(4).getPosition());
        assertThat(client().answers(readAll().setAsOfPosition(asOf))).isEqualTo(before);
        assertThat(client().events(readAllBackward().setAsOfPosition(asOf)))
                .isEqualTo(before.getFirst().getEventsList().reversed());
        assertThat(client().events(readAll().setAsOfPosition(asOf).setAfterPosition(asOf)))
                .isEmpty();
        assertThat(client().events(readAll())).hasSize(7);
    }

    @Test
    void each_position_is_a_snapshot() {
        client().append(event("a"), event("b"), event("a"));
        client().append(event("b"), event("a"));
        List<RecordedEvent> all = client().everything();

        assertThat(all).hasSize(5);
        for (int i = 0; i < all.size(); i++) {
            long asOf = all.get(i).getPosition();
            assertThat(client().events(readAll().setAsOfPosition(asOf))).isEqualTo(all.subList(0, i + 1));
            assertThat(client().events(readAllBackward().setAsOfPosition(asOf).setLimit(1)))
                    .containsExactly(all.get(i));
        }
    }

    @Test
    void a_partition_is_read_as_of_a_position_with_its_last_sequence_then() {
        long asOf = client().append(event("a"), event("b"), event("a")).getPosition();
        client().append(event("a"), event("b"), event("c"));

        for (var request : List.of(readStream("a"), readStreamBackward("a"))) {
            List<ReadStreamResponse> then = client().answers(request.clone().setAsOfPosition(asOf));
            assertThat(then).hasSize(1);
            assertThat(then.getFirst().getEventsCount()).isEqualTo(2);
            assertThat(then.getFirst().getLastSequence()).isEqualTo(2);
            assertThat(then.getFirst().getAsOfPosition()).isEqualTo(asOf);
            assertThat(client().answers(request).getFirst().getLastSequence()).isEqualTo(3);
        }
        assertThat(client().answers(readStream("c").setAsOfPosition(asOf)))
                .containsExactly(
                        ReadStreamResponse.newBuilder().setAsOfPosition(asOf).build());
        assertThat(client().answers(readSince("a", EPOCH).setAsOfPosition(asOf)).getFirst())
                .matches(it -> it.getEventsCount() == 2 && it.getLastSequence() == 2 && it.getAsOfPosition() == asOf);
    }

    @Test
    void a_snapshot_taken_in_one_partition_serves_for_the_others() {
        client().append(event("a"), event("b"));
        long asOf = client().answers(readStream("a")).getFirst().getAsOfPosition();
        client().append(event("b"), event("a"));

        assertThat(client().events(readStream("b").setAsOfPosition(asOf))).hasSize(1);
        assertThat(client().events(readSince("b", EPOCH).setAsOfPosition(asOf))).hasSize(1);
        assertThat(client().events(readAll().setAsOfPosition(asOf))).hasSize(2);
        assertThat(client().events(readAll())).hasSize(4);
    }

    @Test
    void a_snapshot_past_the_head_is_refused() {
        long head = client().append(event("a")).getPosition();

        assertAhead(
                head,
                Refusal.of(
                        ERROR_REASON_POSITION_AHEAD,
                        () -> client().answers(readStream("a").setAsOfPosition(head + 1))));
        assertAhead(
                head,
                Refusal.of(
                        ERROR_REASON_POSITION_AHEAD,
                        () -> client().answers(readSince("a", EPOCH).setAsOfPosition(head + 1))));
        assertAhead(
                head,
                Refusal.of(
                        ERROR_REASON_POSITION_AHEAD,
                        () -> client().answers(readAll().setAsOfPosition(head + 1))));
        assertThat(client().answers(readAll().setAsOfPosition(head)).getFirst().getAsOfPosition())
                .isEqualTo(head);
    }

    @Test
    void a_running_read_does_not_see_later_appends() {
        client().append(append(numbered("a", 900)));
        long head = client().head();
        ReadAllRequest request = readAll()
                .setOptions(ReadOptions.newBuilder().setMaxBatchEvents(3))
                .build();

        Iterator<ReadAllResponse> running = client().store().readAll(request);
        List<ReadAllResponse> answers = new ArrayList<>(List.of(running.next()));
        client().append(append(numbered("a", 50)));
        running.forEachRemaining(answers::add);

        assertThat(answers).hasSize(300).allMatch(it -> it.getAsOfPosition() == head);
        assertThat(answers.getLast().getScannedPosition()).isEqualTo(head);
        assertThat(answers.stream().flatMap(it -> it.getEventsList().stream()))
                .containsExactlyElementsOf(client().events(readAll().setAsOfPosition(head)));
        assertThat(client().events(readStream("a"))).hasSize(950);
    }

    @Test
    void what_an_append_answered_is_seen_by_every_later_read() {
        for (int i = 1; i <= 50; i++) {
            long position = client().append(event("a")).getPosition();
            assertThat(client().head()).isEqualTo(position);
            assertThat(client().partition("a").getLastSequence()).isEqualTo(i);
            assertThat(client().events(readAllBackward().setLimit(1)).getFirst().getPosition())
                    .isEqualTo(position);
            assertThat(client().events(readStreamBackward("a").setLimit(1))
                            .getFirst()
                            .getSequence())
                    .isEqualTo(i);
        }
    }

    private static void assertAhead(long head, Refusal refusal) {
        assertThat(refusal.metadata())
                .containsEntry("field", "as_of_position")
                .containsEntry("position", Long.toString(head + 1))
                .containsEntry("head_position", Long.toString(head));
    }
}
