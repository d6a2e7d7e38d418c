package dev.foldlog.cli.faults.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.foldlog.cli.faults.client.Outcome.Acked;
import dev.foldlog.cli.faults.client.Outcome.Refused;
import dev.foldlog.cli.faults.client.Outcome.Unknown;
import dev.foldlog.cli.faults.client.Violation.Rule;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.AppendResponse;
import dev.foldlog.v1.AppendedEvent;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.Payload;
import dev.foldlog.v1.RecordedEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The checker must notice each lie; a checker that finds nothing proves nothing. */
final class InvariantsTest {
    private final List<Attempt> attempts = new ArrayList<>();
    private final List<RecordedEvent> stored = new ArrayList<>();
    private final Map<String, Long> sequences = new HashMap<>();

    @Test
    void finds_nothing_in_a_log_that_is_as_it_was_told() {
        acked(store(append("a1", "a2")));
        told(append("b1"), new Refused("CONCURRENCY_CONFLICT"));
        told(append("c1"), new Unknown("UNAVAILABLE"));
        told(store(append("d1", "d2")), new Unknown("OUTCOME_UNKNOWN"));
        told(append("e1"), new Unknown("UNAVAILABLE"), new Refused("CONCURRENCY_CONFLICT"));

        assertThat(rules()).isEmpty();
    }

    @Test
    void notices_an_acknowledged_append_that_is_lost() {
        acked(store(append("a1")));
        acked(append("b1"));

        assertThat(rules()).containsExactly(Rule.ACKNOWLEDGED_IS_STORED);
    }

    @Test
    void notices_an_append_that_is_stored_in_part() {
        told(store(append("a1")), new Unknown("UNAVAILABLE"));
        attempts.removeLast();
        told(append("a1", "a2"), new Unknown("UNAVAILABLE"));

        assertThat(rules()).containsExactly(Rule.APPEND_IS_WHOLE_OR_ABSENT);
    }

    @Test
    void notices_an_append_stored_in_two_transactions() {
        acked(store(append("a1", "a2")));
        change(1, event -> event.setTransactionPosition(event.getPosition()));

        assertThat(rules()).containsExactly(Rule.APPEND_IS_WHOLE_OR_ABSENT);
    }

    @Test
    void notices_a_refused_append_that_is_stored() {
        told(store(append("a1")), new Refused("STORAGE_FULL"));

        assertThat(rules()).containsExactly(Rule.REFUSED_IS_ABSENT);
    }

    @Test
    void notices_that_a_retry_found_a_part_of_its_first_try() {
        told(append("a1"), new Unknown("UNAVAILABLE"), new Refused("EVENT_ID_CONFLICT"));

        assertThat(rules()).containsExactly(Rule.APPEND_IS_WHOLE_OR_ABSENT);
    }

    @Test
    void notices_another_payload() {
        acked(store(append("a1")));
        change(0, event -> event.setPayload(Payload.newBuilder().setJson("{ }")));

        assertThat(rules()).containsExactly(Rule.STORED_IS_WHAT_WAS_SENT);
    }

    @Test
    void notices_an_event_stored_twice() {
        Attempt attempt = store(append("a1"));
        told(attempt, new Unknown("UNAVAILABLE"));
        store(attempt);

        assertThat(rules()).contains(Rule.ID_IS_STORED_ONCE);
    }

    @Test
    void notices_an_answer_with_another_position() {
        Attempt attempt = store(append("a1"));
        acked(attempt);
        change(0, event -> event.setPosition(7).setTransactionPosition(7));

        assertThat(rules()).containsExactly(Rule.ANSWERS_AGREE);
    }

    @Test
    void notices_a_gap_in_a_partition() {
        sequences.put("artifact", 1L);
        acked(store(append("a1", "a2")));

        assertThat(rules()).containsExactly(Rule.SEQUENCES_ARE_CONTIGUOUS);
    }

    @Test
    void notices_a_position_given_twice() {
        told(store(append("a1")), new Unknown("UNAVAILABLE"));
        told(store(append("b1")), new Unknown("UNAVAILABLE"));
        change(1, event -> event.setPosition(1).setTransactionPosition(1));

        assertThat(rules()).containsExactly(Rule.POSITIONS_GROW);
    }

    @Test
    void notices_time_going_back() {
        told(store(append("a1")), new Unknown("UNAVAILABLE"));
        told(store(append("b1")), new Unknown("UNAVAILABLE"));
        change(
                1,
                event -> event.setRecordedAt(Timestamp.getDefaultInstance())
                        .setTimestamp(Timestamp.getDefaultInstance()));

        assertThat(rules()).containsExactly(Rule.RECORDED_TIME_NEVER_GOES_BACK);
    }

    @Test
    void notices_an_event_that_nobody_sent() {
        store(append("a1"));
        attempts.clear();

        assertThat(rules()).containsExactly(Rule.NOTHING_FOREIGN);
    }

    @Test
    void notices_a_call_without_an_answer() {
        told(append("a1"), new Unknown("DEADLINE_EXCEEDED"));

        assertThat(rules()).containsExactly(Rule.CALLS_END);
    }

    @Test
    void notices_a_projection_that_is_not_the_fold_of_the_log() {
        acked(store(append("a1", "a2")));

        assertThat(Counts.violations("counts", Map.of("artifact", "{\"n\":2}"), stored))
                .isEmpty();
        assertThat(Counts.violations("counts", Map.of("artifact", "{\"n\":1}"), stored))
                .extracting(Violation::rule)
                .containsExactly(Rule.PROJECTION_IS_THE_FOLD);
        assertThat(Counts.violations("counts", Map.of(), stored)).hasSize(1);
        assertThat(Counts.violations("counts", Map.of("artifact", "{\"n\":2}", "other", "{\"n\":1}"), stored))
                .hasSize(1);
    }

    private List<Rule> rules() {
        return Invariants.violations(attempts, stored).stream()
                .map(Violation::rule)
                .toList();
    }

    private Attempt append(String... ids) {
        AppendRequest.Builder request = AppendRequest.newBuilder();
        for (String id : ids) {
            request.addEvents(NewEvent.newBuilder()
                    .setEventId(id)
                    .setAction("approve")
                    .setProducer("test")
                    .setArtifactId("artifact")
                    .setArtifactType("completion")
                    .setPayload(Payload.newBuilder().setJson("{}")));
        }
        return new Attempt(request.build());
    }

    private Attempt store(Attempt attempt) {
        long first = stored.size() + 1L;
        for (NewEvent event : attempt.request().getEventsList()) {
            long position = stored.size() + 1L;
            Timestamp now = Timestamp.newBuilder().setSeconds(position).build();
            stored.add(RecordedEvent.newBuilder()
                    .setEventId(event.getEventId())
                    .setAction(event.getAction())
                    .setProducer(event.getProducer())
                    .setArtifactId(event.getArtifactId())
                    .setArtifactType(event.getArtifactType())
                    .setEventVersion(1)
                    .setStoredEventVersion(1)
                    .setPartitionKey(event.getArtifactId())
                    .setPayload(event.getPayload())
                    .setTimestamp(now)
                    .setRecordedAt(now)
                    .setPosition(position)
                    .setSequence(sequences.merge(event.getArtifactId(), 1L, Long::sum))
                    .setTransactionPosition(first)
                    .build());
        }
        return attempt;
    }

    private void acked(Attempt attempt) {
        AppendResponse.Builder response = AppendResponse.newBuilder();
        for (NewEvent event : attempt.request().getEventsList()) {
            stored.stream()
                    .filter(there -> there.getEventId().equals(event.getEventId()))
                    .forEach(there -> response.addEvents(AppendedEvent.newBuilder()
                            .setEventId(there.getEventId())
                            .setPartitionKey(there.getPartitionKey())
                            .setPosition(there.getPosition())
                            .setSequence(there.getSequence())
                            .setRecordedAt(there.getRecordedAt())));
        }
        if (response.getEventsCount() == 0) {
            response.addEvents(AppendedEvent.newBuilder().setPosition(99));
        }
        told(attempt, new Acked(response.build()));
    }

    private void told(Attempt attempt, Outcome... outcomes) {
        for (Outcome outcome : outcomes) {
            attempt.answered(outcome);
        }
        attempts.add(attempt);
    }

    private void change(int index, UnaryOperator<RecordedEvent.Builder> change) {
        stored.set(index, change.apply(stored.get(index).toBuilder()).build());
    }
}
