package dev.foldlog.conformance;

import static dev.foldlog.conformance.wire.Events.event;
import static dev.foldlog.conformance.wire.Events.json;
import static dev.foldlog.conformance.wire.Requests.append;
import static dev.foldlog.conformance.wire.Requests.readAll;
import static dev.foldlog.conformance.wire.Requests.readStream;
import static dev.foldlog.conformance.wire.Requests.sequence;
import static dev.foldlog.conformance.wire.Requests.subscribe;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.conformance.wire.Events;
import dev.foldlog.conformance.wire.StoreClient;
import dev.foldlog.conformance.wire.Subscription;
import dev.foldlog.conformance.wire.Times;
import dev.foldlog.conformance.wire.Together;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.EventFilter;
import dev.foldlog.v1.RecordedEvent;
import dev.foldlog.v1.SubscribeAllRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Order while many clients append at once: one winner, no gap, no duplicate, nothing visible out of order. */
public abstract class OrderSuite extends ConformanceSuite {
    private static final int ROUNDS = 2_000;
    private static final int CLIENTS = 8;
    private static final int WRITERS = 6;
    private static final int APPENDS = 120;

    protected OrderSuite(ConformanceFixture.Factory fixtures) {
        super(fixtures);
    }

    @Test
    void of_clients_that_append_at_the_same_expected_sequence_exactly_one_succeeds() {
        StoreClient client = client();
        try (Together together = new Together(fixture().patience())) {
            for (int round = 0; round < ROUNDS; round++) {
                List<Status.Code> outcomes = together.run(rivals(client, round));
                assertThat(outcomes).as("round %s", round).hasSize(CLIENTS);
                assertThat(Collections.frequency(outcomes, Status.Code.OK))
                        .as("winners of round %s: %s", round, outcomes)
                        .isEqualTo(1);
                assertThat(Collections.frequency(outcomes, Status.Code.ABORTED))
                        .as("losers of round %s: %s", round, outcomes)
                        .isEqualTo(CLIENTS - 1);
            }
        }
        List<RecordedEvent> stored = client().events(readStream("contested"));
        assertThat(Events.sequences(stored))
                .isEqualTo(LongStream.rangeClosed(1, ROUNDS).boxed().toList());
        assertThat(stored.stream().map(it -> it.getPayload().getJson()))
                .containsExactlyElementsOf(LongStream.range(0, ROUNDS)
                        .mapToObj(it -> "{\"round\":" + it + "}")
                        .toList());
        assertThat(client().everything()).isEqualTo(stored);
    }

    @Test
    void subscribers_attached_during_appends_see_every_event_once_and_in_order() {
        StoreClient client = client();
        try (Together together = new Together(fixture().patience())) {
            List<Future<Long>> writing = together.start(writers(client));
            List<Callable<List<RecordedEvent>>> followers = new ArrayList<>();
            for (SubscribeAllRequest.Builder request : List.of(
                    subscribe(),
                    subscribe().setOptions(Batches.of(1)),
                    subscribe().setFilter(EventFilter.newBuilder().addArtifactIds("shared")))) {
                followers.add(() -> follow(client, request));
            }
            List<Future<List<RecordedEvent>>> following = together.start(followers);
            together.results(writing);
            client.append(event("shared").setAction("end"));
            List<List<RecordedEvent>> seen = together.results(following);

            List<RecordedEvent> all = client.everything();
            assertThat(all).hasSize(WRITERS * APPENDS * 3 + 1);
            assertThat(Events.positions(all)).isSorted().doesNotHaveDuplicates();
            assertThat(seen.get(0)).isEqualTo(all);
            assertThat(seen.get(1)).isEqualTo(all);
            assertThat(seen.get(2))
                    .isEqualTo(all.stream()
                            .filter(it -> it.getArtifactId().equals("shared"))
                            .toList());
        }
    }

    @Test
    void a_reader_never_sees_a_later_position_before_an_earlier_one_appears() {
        StoreClient client = client();
        List<RecordedEvent> polled = new ArrayList<>();
        List<List<RecordedEvent>> snapshots = new ArrayList<>();
        try (Together together = new Together(fixture().patience())) {
            List<Future<Long>> writing = together.start(writers(client));
            boolean isWriting = true;
            while (isWriting) {
                isWriting = !writing.stream().allMatch(Future::isDone);
                long after = polled.isEmpty() ? 0 : polled.getLast().getPosition();
                polled.addAll(client.events(readAll().setAfterPosition(after)));
                snapshots.add(client.events(readStream("shared")));
            }
            together.results(writing);
        }
        List<RecordedEvent> all = client.everything();
        assertThat(all).hasSize(WRITERS * APPENDS * 3);
        assertThat(polled).isEqualTo(all);
        List<RecordedEvent> shared = client.events(readStream("shared"));
        assertThat(snapshots).allMatch(it -> it.equals(shared.subList(0, it.size())));
    }

    @Test
    void no_read_shows_a_part_of_an_append() {
        StoreClient client = client();
        try (Together together = new Together(fixture().patience())) {
            List<Future<Long>> writing = together.start(writers(client));
            boolean isWriting = true;
            while (isWriting) {
                isWriting = !writing.stream().allMatch(Future::isDone);
                assertThat(client.events(readAll()).stream()
                                .collect(Collectors.groupingBy(
                                        RecordedEvent::getTransactionPosition, Collectors.counting()))
                                .values())
                        .allMatch(it -> it == 3);
            }
            together.results(writing);
        }
        assertThat(client.everything()).hasSize(WRITERS * APPENDS * 3);
    }

    @Test
    void every_writer_reads_its_own_appends_and_partitions_have_no_gap() {
        StoreClient client = client();
        try (Together together = new Together(fixture().patience())) {
            together.run(writers(client));
        }

        List<RecordedEvent> all = client.everything();
        assertThat(all.stream().map(it -> Times.instant(it.getRecordedAt())).toList())
                .isSorted();
        for (int writer = 0; writer < WRITERS; writer++) {
            assertThat(Events.sequences(client.events(readStream("own-" + writer))))
                    .isEqualTo(LongStream.rangeClosed(1, 2L * APPENDS).boxed().toList());
        }
        assertThat(Events.sequences(client.events(readStream("shared"))))
                .isEqualTo(LongStream.rangeClosed(1, (long) WRITERS * APPENDS)
                        .boxed()
                        .toList());
    }

    @Test
    void appends_that_fail_do_not_touch_those_beside_them() {
        StoreClient client = client();
        List<Callable<Integer>> writers = new ArrayList<>();
        for (int writer = 0; writer < CLIENTS; writer++) {
            String own = "own-" + writer;
            writers.add(() -> {
                int refused = 0;
                for (int i = 0; i < APPENDS; i++) {
                    client.append(
                            append(event(own), event("shared"), event(own)).addPreconditions(sequence(own, 2L * i)));
                    refused += outcome(
                                            client,
                                            append(event(own).setAction("never"))
                                                    .addPreconditions(sequence(own, 1)))
                                    == Status.Code.ABORTED
                            ? 1
                            : 0;
                }
                return refused;
            });
        }
        try (Together together = new Together(fixture().patience())) {
            assertThat(together.run(writers)).containsOnly(APPENDS);
        }
        assertThat(client.everything())
                .hasSize(CLIENTS * APPENDS * 3)
                .noneMatch(it -> it.getAction().equals("never"));
        assertThat(Events.sequences(client.events(readStream("shared"))))
                .isEqualTo(LongStream.rangeClosed(1, (long) CLIENTS * APPENDS)
                        .boxed()
                        .toList());
    }

    private static List<Callable<Status.Code>> rivals(StoreClient client, int round) {
        AppendRequest.Builder request = append(event("contested").setPayload(json("{\"round\":" + round + "}")))
                .addPreconditions(sequence("contested", round));
        return Collections.nCopies(CLIENTS, () -> outcome(client, request));
    }

    private static Status.Code outcome(StoreClient client, AppendRequest.Builder request) {
        try {
            client.append(request);
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
    }

    /** Writers that each append to a partition of their own and to a shared one, and read back what they did. */
    private static List<Callable<Long>> writers(StoreClient client) {
        List<Callable<Long>> writers = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            String own = "own-" + writer;
            writers.add(() -> {
                long position = 0;
                for (int i = 0; i < APPENDS; i++) {
                    position = client.append(event(own), event("shared"), event(own))
                            .getPosition();
                    if (i % 10 == 0) {
                        assertThat(client.events(readAll().setAfterPosition(position - 1))
                                        .getFirst()
                                        .getPartitionKey())
                                .isEqualTo(own);
                    }
                }
                return position;
            });
        }
        return writers;
    }

    /** All events of a subscription through the one that ends the test. */
    private static List<RecordedEvent> follow(StoreClient client, SubscribeAllRequest.Builder request) {
        List<RecordedEvent> events = new ArrayList<>();
        try (Subscription subscription = client.subscribe(request)) {
            while (events.isEmpty() || !events.getLast().getAction().equals("end")) {
                events.addAll(subscription.next().getBatch().getEventsList());
            }
        }
        return events;
    }
}
