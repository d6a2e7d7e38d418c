package dev.foldlog.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldlog.client.FailingServer.Fault;
import dev.foldlog.client.error.CheckpointMovedException;
import dev.foldlog.client.error.ConcurrencyConflictException;
import dev.foldlog.client.error.OutcomeUnknownException;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.Checkpoint;
import dev.foldlog.v1.EventFilter;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.ReadAllRequest;
import dev.foldlog.v1.ReadStreamSinceRequest;
import dev.foldlog.v1.RecordedEvent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WithTransactionTest {
    private static final ClientOptions OPTIONS =
            ServedStore.OPTIONS.withRetry(new RetryPolicy(5, Duration.ofMillis(1), Duration.ofMillis(2)));
    private static final Instant OLD = Instant.parse("2024-01-01T00:00:00Z");

    private final ServedStore store = ServedStore.inProcess();
    private final FailingServer front = FailingServer.before(store.channel());
    private final Foldlog client = front.client(OPTIONS);
    private final Foldlog other = store.client();

    @AfterEach
    void stop() {
        front.close();
        store.close();
    }

    @Test
    void commits_all_that_was_appended_at_once_and_answers_what_the_function_did() {
        other.append(Events.event("a"));

        String result = client.withTransaction(unit -> {
            unit.append(Events.event("b"));
            unit.append(Events.event("c"), Events.event("b"));
            assertThat(other.getPartition("b").getLastSequence()).isZero();
            return "seen " + unit.readStream("a").size();
        });

        assertThat(result).isEqualTo("seen 1");
        List<RecordedEvent> stored = other.readAll(EventFilter.newBuilder()
                        .addPartitionKeys("b")
                        .addPartitionKeys("c")
                        .build())
                .toList();
        assertThat(stored).extracting(RecordedEvent::getPartitionKey).containsExactly("b", "c", "b");
        assertThat(stored).extracting(RecordedEvent::getTransactionPosition).containsOnly(2L);
    }

    @Test
    void reads_as_of_one_snapshot() {
        other.append(Events.event("a"));

        List<Integer> counts = client.withTransaction(unit -> {
            int first = unit.readStream("b").size();
            other.append(Events.event("a"), Events.event("b"));
            assertThat(unit.asOfPosition()).hasValue(1);
            return List.of(
                    first,
                    unit.readStream("a").size(),
                    unit.readStream("b").size(),
                    unit.readAll(Events.everything()).size(),
                    unit.readStreamSince("a", OLD).size());
        });

        assertThat(counts).containsExactly(0, 1, 0, 1, 1);
    }

    @Test
    void what_was_read_becomes_conditions_of_the_append() {
        other.append(Events.numbered("a", 3));
        EventFilter rejected = EventFilter.newBuilder().addActions("reject").build();

        client.withTransaction(unit -> {
            unit.readStream("a");
            unit.readStream("b");
            unit.readStream(Requests.stream("a").setFilter(rejected).build());
            unit.readStreamSince("c", OLD);
            unit.readAll(Events.tagged("t"));
            unit.readAll(Events.tagged("t"));
            unit.append(Events.event("d"));
            return null;
        });

        assertThat(front.appends())
                .singleElement()
                .extracting(AppendRequest::getPreconditionsList)
                .isEqualTo(List.of(
                        Preconditions.sequence("a", 3),
                        Preconditions.sequence("b", 0),
                        Preconditions.noEventsMatching(
                                rejected.toBuilder().addPartitionKeys("a").build(), 3),
                        Preconditions.noEventsMatching(
                                EventFilter.newBuilder()
                                        .addPartitionKeys("c")
                                        .setSince(WireTimes.timestamp(OLD))
                                        .build(),
                                3),
                        Preconditions.noEventsMatching(Events.tagged("t"), 3)));
    }

    @Test
    void a_partition_that_the_filter_excludes_makes_no_condition() {
        other.append(Events.event("a"));
        EventFilter onlyB = EventFilter.newBuilder().addPartitionKeys("b").build();

        client.withTransaction(unit -> {
            assertThat(unit.readStream(Requests.stream("a").setFilter(onlyB).build()))
                    .isEmpty();
            unit.append(Events.event("a"));
            return null;
        });

        assertThat(front.appends().getFirst().getPreconditionsList()).isEmpty();
    }

    @Test
    void later_reads_see_what_the_unit_appended() {
        other.append(Events.numbered("a", 2));
        NewEvent own = Events.draft("a")
                .addTags("t")
                .putMetadata("k", "v")
                .setPayload(Payloads.json("{\"own\":1}"))
                .build();

        client.withTransaction(unit -> {
            unit.readStream("a");
            unit.append(own, Events.event("b"));

            assertThat(Events.sequences(unit.readStream("a"))).containsExactly(1L, 2L, 0L);
            assertThat(Events.sequences(
                            unit.readStream(Requests.backward("a").setLimit(2).build())))
                    .containsExactly(0L, 2L);
            assertThat(Events.sequences(unit.readStream(
                            Requests.backward("a").setAfterSequence(2).build())))
                    .containsExactly(1L);
            assertThat(Events.sequences(
                            unit.readStream(Requests.stream("a").setLimit(2).build())))
                    .containsExactly(1L, 2L);
            assertThat(unit.readAll(Events.tagged("t"))).singleElement().satisfies(it -> {
                assertThat(it.getPayload()).isEqualTo(own.getPayload());
                assertThat(it.getPosition()).isZero();
                assertThat(it.getEventVersion()).isEqualTo(1);
                assertThat(it.getPartitionKey()).isEqualTo("a");
                assertThat(it.hasTimestamp()).isTrue();
                assertThat(it.getEventId()).isNotEmpty();
            });
            assertThat(unit.readAll(ReadAllRequest.newBuilder()
                            .setOptions(Requests.headersOnly())
                            .setFilter(Events.tagged("t"))
                            .build()))
                    .singleElement()
                    .satisfies(it -> assertThat(it.hasPayload() || it.getMetadataCount() > 0)
                            .isFalse());
            assertThat(unit.readStreamSince("a", Instant.now().plus(Duration.ofHours(1))))
                    .isEmpty();
            assertThat(Events.sequences(unit.readStreamSince(ReadStreamSinceRequest.newBuilder()
                            .setPartitionKey("a")
                            .setSince(WireTimes.timestamp(OLD))
                            .setLimit(2)
                            .build())))
                    .containsExactly(2L, 0L);
            return null;
        });

        RecordedEvent stored = other.readStream("a").toList().getLast();
        assertThat(stored.getPayload()).isEqualTo(own.getPayload());
        assertThat(stored.getSequence()).isEqualTo(3);
    }

    /** What it read of its own before the commit is what is stored, but for the numbers that the store gives. */
    @Test
    void an_appended_event_is_read_as_it_will_be_stored() {
        AtomicReference<RecordedEvent> before = new AtomicReference<>();

        client.withTransaction(unit -> {
            unit.append(Events.event("a"));
            before.set(unit.readStream("a").getFirst());
            return null;
        });

        RecordedEvent stored = other.readStream("a").toList().getFirst();
        assertThat(stored.toBuilder()
                        .clearPosition()
                        .clearSequence()
                        .clearRecordedAt()
                        .clearTransactionPosition()
                        .build())
                .isEqualTo(before.get());
    }

    @Test
    void refuses_expressions_after_an_append_because_only_the_server_has_them() {
        EventFilter expression = EventFilter.newBuilder()
                .addAnyOf(EventFilter.newBuilder().setExpression("event.action == 'approve'"))
                .build();

        assertThatThrownBy(() -> client.withTransaction(unit -> {
                    unit.append(Events.event("a"));
                    return unit.readAll(expression);
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("filter.expression: after an append");
        assertThat(front.appends()).isEmpty();
        assertThat(front.reads()).isEmpty();
    }

    @Test
    void refuses_a_snapshot_of_the_callers() {
        assertThatThrownBy(() -> client.withTransaction(unit ->
                        unit.readStream(Requests.stream("a").setAsOfPosition(7).build())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("as_of_position: 7");
    }

    @Test
    void runs_again_on_a_conflict_and_sees_what_is_new() {
        List<Integer> seen = new ArrayList<>();

        client.withTransaction(unit -> {
            seen.add(unit.readStream("a").size());
            if (seen.size() <= 3) {
                other.append(Events.event("a"));
            }
            unit.append(Events.event("a"));
            return null;
        });

        assertThat(seen).containsExactly(0, 1, 2, 3);
        assertThat(other.readStream("a").toList()).hasSize(4);
    }

    @Test
    void gives_up_after_five_reruns_unless_told_otherwise() {
        AtomicInteger runs = new AtomicInteger();
        TransactionFunction<@Nullable Void, RuntimeException> alwaysLate = unit -> {
            runs.incrementAndGet();
            unit.readStream("a");
            other.append(Events.event("a"));
            unit.append(Events.event("a"));
            return null;
        };

        assertThatThrownBy(() -> client.withTransaction(alwaysLate)).isInstanceOf(ConcurrencyConflictException.class);
        assertThat(runs).hasValue(6);
        assertThatThrownBy(() -> front.client(OPTIONS.withRerunsMax(0)).withTransaction(alwaysLate))
                .isInstanceOf(ConcurrencyConflictException.class);
        assertThat(runs).hasValue(7);
    }

    @Test
    void sends_the_same_request_again_when_the_outcome_is_unknown_and_does_not_run_again() {
        AtomicInteger runs = new AtomicInteger();
        front.failNext(Fault.answerLost(), Fault.answerLost());

        client.withTransaction(unit -> {
            runs.incrementAndGet();
            unit.readStream("a");
            unit.append(Events.event("a"));
            return null;
        });

        assertThat(runs).hasValue(1);
        assertThat(front.appends()).hasSize(3).containsOnly(front.appends().getFirst());
        assertThat(other.readStream("a").toList()).hasSize(1);
    }

    @Test
    void tells_when_the_outcome_stays_unknown_and_does_not_run_again() {
        AtomicInteger runs = new AtomicInteger();
        front.failNext(
                Fault.answerLost(), Fault.answerLost(), Fault.answerLost(), Fault.answerLost(), Fault.answerLost());

        assertThatThrownBy(() -> client.withTransaction(unit -> {
                    runs.incrementAndGet();
                    unit.append(Events.event("a"));
                    return null;
                }))
                .isInstanceOf(OutcomeUnknownException.class);
        assertThat(runs).hasValue(1);
    }

    @Test
    void a_unit_that_only_reads_commits_nothing() {
        other.append(Events.event("a"));

        int size = client.withTransaction(unit -> {
            int seen = unit.readStream("a").size();
            other.append(Events.event("a"));
            return seen;
        });

        assertThat(size).isEqualTo(1);
        assertThat(front.appends()).isEmpty();
    }

    @Test
    void a_function_that_throws_stores_nothing() {
        assertThatThrownBy(() -> client.withTransaction(unit -> {
                    unit.append(Events.event("a"));
                    throw new IOException("decided against it");
                }))
                .isInstanceOf(IOException.class);
        assertThat(front.appends()).isEmpty();
    }

    /** Only the unit's own commit is its affair. */
    @Test
    void a_conflict_of_another_append_inside_the_function_is_the_functions() {
        AtomicInteger runs = new AtomicInteger();

        assertThatThrownBy(() -> client.withTransaction(unit -> {
                    runs.incrementAndGet();
                    return other.append(AppendRequest.newBuilder()
                            .addEvents(Events.event("a"))
                            .addPreconditions(Preconditions.present("a"))
                            .build());
                }))
                .isInstanceOf(ConcurrencyConflictException.class);
        assertThat(runs).hasValue(1);
    }

    /** Position 0 as a snapshot means the head on the wire, so an empty store is not asked twice. */
    @Test
    void an_empty_store_stays_empty_within_the_unit() {
        AtomicInteger runs = new AtomicInteger();

        List<RecordedEvent> seen = client.withTransaction(unit -> {
            unit.readStream("a");
            if (runs.incrementAndGet() == 1) {
                other.append(Events.event("b"));
                List<RecordedEvent> all = unit.readAll(Events.everything());
                assertThat(all).isEmpty();
            }
            unit.readStream("b");
            unit.append(Events.event("c"));
            return unit.readAll(Events.everything());
        });

        assertThat(runs).hasValue(2);
        assertThat(seen).extracting(RecordedEvent::getPartitionKey).containsExactly("b", "c");
    }

    @Test
    void moves_checkpoints_with_the_commit() {
        other.append(Events.numbered("a", 4));

        client.withTransaction(unit -> {
            unit.append(Events.event("derived"));
            unit.moveCheckpoint("worker", 0, 4);
            return null;
        });

        assertThat(other.checkpoints().get("worker").map(Checkpoint::getPosition))
                .contains(4L);
        assertThatThrownBy(() -> client.withTransaction(unit -> {
                    unit.append(Events.event("derived"));
                    unit.moveCheckpoint("worker", 0, 4);
                    return null;
                }))
                .isInstanceOf(CheckpointMovedException.class);
        assertThatThrownBy(() -> client.withTransaction(unit -> {
                    unit.moveCheckpoint("worker", 4, 5);
                    return null;
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("checkpoints: moved without an event");
        assertThat(front.appends()).hasSize(2);
    }

    @Test
    void a_unit_is_of_no_use_after_its_function() {
        AtomicReference<UnitOfWork> kept = new AtomicReference<>();
        client.withTransaction(unit -> {
            kept.set(unit);
            return null;
        });

        assertThatThrownBy(() -> kept.get().readStream("a")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> kept.get().append(Events.event("a"))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> kept.get().moveCheckpoint("c", 0, 1)).isInstanceOf(IllegalStateException.class);
    }
}
