package dev.foldlog.conformance;

import static dev.foldlog.conformance.wire.Events.event;
import static dev.foldlog.conformance.wire.Events.identified;
import static dev.foldlog.conformance.wire.Requests.append;
import static dev.foldlog.conformance.wire.Requests.commit;
import static dev.foldlog.conformance.wire.Requests.readStream;
import static dev.foldlog.conformance.wire.Requests.sequence;
import static dev.foldlog.conformance.wire.Requests.subscribe;
import static dev.foldlog.v1.ErrorReason.ERROR_REASON_CHECKPOINT_MOVED;
import static dev.foldlog.v1.ErrorReason.ERROR_REASON_CONCURRENCY_CONFLICT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.conformance.wire.Events;
import dev.foldlog.conformance.wire.Refusal;
import dev.foldlog.conformance.wire.StoreClient;
import dev.foldlog.conformance.wire.Subscription;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.AppendResponse;
import dev.foldlog.v1.RecordedEvent;
import dev.foldlog.v1.SubscribeAllResponse.KindCase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two clients with a connection each: they see one store. */
public abstract class TwoClientsSuite extends ConformanceSuite {
    protected TwoClientsSuite(ConformanceFixture.Factory fixtures) {
        super(fixtures);
    }

    @Test
    void what_one_was_answered_the_other_sees_at_once() {
        List<StoreClient> clients = List.of(client(), otherClient());
        for (int i = 1; i <= 40; i++) {
            StoreClient writer = clients.get(i % 2);
            StoreClient reader = clients.get((i + 1) % 2);
            AppendResponse appended = writer.append(identified("a"));
            assertThat(reader.head()).isEqualTo(appended.getPosition());
            assertThat(reader.events(readStream("a")))
                    .hasSize(i)
                    .last()
                    .extracting(RecordedEvent::getEventId)
                    .isEqualTo(appended.getEvents(0).getEventId());
            assertThat(reader.event(appended.getEvents(0).getEventId()).getSequence())
                    .isEqualTo(i);
        }
    }

    @Test
    void of_two_decisions_on_one_reading_the_second_is_refused_and_can_be_made_anew() {
        client().append(event("a"));
        long seen = client().partition("a").getLastSequence();
        assertThat(otherClient().partition("a").getLastSequence()).isEqualTo(seen);
        client().append(append(event("a").setAction("first")).addPreconditions(sequence("a", seen)));

        AppendRequest.Builder second = append(event("a").setAction("second"));
        Refusal.of(
                ERROR_REASON_CONCURRENCY_CONFLICT,
                () -> otherClient().append(second.clone().addPreconditions(sequence("a", seen))));
        long anew = otherClient().partition("a").getLastSequence();
        otherClient().append(second.clone().addPreconditions(sequence("a", anew)));

        assertThat(client().events(readStream("a")).stream().map(RecordedEvent::getAction))
                .containsExactly("approve", "first", "second");
    }

    @Test
    void a_repeat_by_the_other_answers_the_first_places() {
        AppendRequest.Builder request = append(identified("a"), identified("b"));
        AppendResponse first = client().append(request);

        assertThat(otherClient().append(request))
                .isEqualTo(first.toBuilder().setReplayed(true).build());
        assertThat(otherClient().everything()).hasSize(2);
    }

    @Test
    void each_follows_what_both_append() {
        try (Subscription one = client().subscribe(subscribe());
                Subscription other = otherClient().subscribe(subscribe())) {
            one.eventsUntil(KindCase.CAUGHT_UP);
            other.eventsUntil(KindCase.CAUGHT_UP);
            List<Long> positions = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                positions.add(client().append(event("a")).getPosition());
                positions.add(otherClient().append(event("a")).getPosition());
            }
            assertThat(Events.positions(one.eventsThrough(positions.getLast()))).isEqualTo(positions);
            assertThat(Events.positions(other.eventsThrough(positions.getLast())))
                    .isEqualTo(positions);
        }
    }

    @Test
    void one_that_leaves_takes_nothing_from_the_other() {
        try (Subscription stays = otherClient().subscribe(subscribe())) {
            stays.eventsUntil(KindCase.CAUGHT_UP);
            Subscription leaves = client().subscribe(subscribe());
            leaves.eventsUntil(KindCase.CAUGHT_UP);
            leaves.close();

            long position = client().append(event("a")).getPosition();
            assertThat(Events.positions(stays.eventsThrough(position))).containsExactly(position);
        }
    }

    @Test
    @Needs(Capability.CHECKPOINTS)
    void a_checkpoint_is_handed_over() {
        List<Long> positions = List.of(
                client().append(event("a")).getPosition(),
                client().append(event("a")).getPosition());
        client().commit(commit("worker", positions.getFirst()).setExpectedPosition(0));

        try (Subscription resumed = otherClient().subscribe(subscribe().setCheckpoint("worker"))) {
            assertThat(Events.positions(resumed.eventsUntil(KindCase.CAUGHT_UP)))
                    .containsExactly(positions.getLast());
        }
        otherClient().commit(commit("worker", positions.getLast()).setExpectedPosition(positions.getFirst()));
        Refusal.of(
                ERROR_REASON_CHECKPOINT_MOVED,
                () -> client().commit(commit("worker", positions.getLast()).setExpectedPosition(positions.getFirst())));
        assertThat(client().checkpoint("worker").getPosition()).isEqualTo(positions.getLast());
    }
}
