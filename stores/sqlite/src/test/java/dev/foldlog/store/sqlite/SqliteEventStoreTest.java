package dev.foldlog.store.sqlite;

import static dev.foldlog.store.sqlite.EventDraft.append;
import static dev.foldlog.store.sqlite.EventDraft.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.core.append.AppendOutcome;
import dev.foldlog.core.append.AppendOutcome.Appended;
import dev.foldlog.core.append.AppendedEvent;
import dev.foldlog.core.event.Envelope;
import dev.foldlog.core.event.EventId;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.RecordedEvent;
import dev.foldlog.core.event.Sequence;
import dev.foldlog.core.store.PartitionState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Appends and what is left of them: places, times, groups, reopening. */
final class SqliteEventStoreTest {
    private final StoreUnderTest store;

    SqliteEventStoreTest(@TempDir Path folder) {
        store = StoreUnderTest.in(folder.resolve("data"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void a_new_store_is_empty() {
        assertThat(store.store().head()).isEqualTo(Position.NONE);
        assertThat(store.everything()).isEmpty();
    }

    @Test
    void reads_back_what_was_appended() {
        Instant time = Instant.parse("2020-02-29T01:02:03.000000004Z");
        store.stored(event("a").tagged("x", "y").at(time).payload("{\"k\": \"ö\"}"));

        RecordedEvent read = store.everything().getFirst();

        Envelope envelope = StoreUnderTest.envelope(read);
        assertThat(envelope.facts())
                .isEqualTo(event("a").tagged("x", "y").proposed().facts());
        assertThat(envelope.timestamp()).isEqualTo(time);
        assertThat(envelope.stamp().recordedAt()).isEqualTo(TestClock.START);
        assertThat(StoreUnderTest.payload(read)).isEqualTo("{\"k\": \"ö\"}");
    }

    @Test
    void keeps_payloads_byte_for_byte() {
        store.stored(
                event("json").payload(" {\"a\":1.0,\n\"a\\u0000\":\"\uD83D\uDE00\"}"),
                event("opaque").opaque((byte) 0x1a, (byte) 0, (byte) 0xff, (byte) 0xfe));

        List<RecordedEvent> events = store.everything();

        assertThat(StoreUnderTest.payload(events.get(0))).isEqualTo(" {\"a\":1.0,\n\"a\\u0000\":\"\uD83D\uDE00\"}");
        assertThat(events.get(1).payload()).containsExactly(0x1a, 0, 0xff, 0xfe);
    }

    @Test
    void an_event_without_a_time_has_the_time_of_its_append() {
        store.stored(event("a"));

        assertThat(StoreUnderTest.envelope(store.everything().getFirst()).timestamp())
                .isEqualTo(TestClock.START);
    }

    @Test
    void one_append_goes_to_several_partitions_in_its_order() {
        store.stored(event("a0").in("a"));

        List<AppendedEvent> appended = store.stored(
                event("b1").in("b"),
                event("a1").in("a"),
                event("b2").in("b"),
                event("ü").in("ü"));

        assertThat(appended).extracting(it -> it.position().value()).containsExactly(2L, 3L, 4L, 5L);
        assertThat(appended).extracting(it -> it.sequence().value()).containsExactly(1L, 2L, 2L, 1L);
        assertThat(appended).extracting(AppendedEvent::partitionKey).containsExactly("b", "a", "b", "ü");
        assertThat(store.everything())
                .extracting(it -> StoreUnderTest.envelope(it)
                        .stamp()
                        .transactionPosition()
                        .value())
                .containsExactly(1L, 2L, 2L, 2L, 2L);
        assertThat(store.store().head()).isEqualTo(new Position(5));
    }

    @Test
    void hundreds_of_waiting_appends_are_answered_together_and_leave_no_gap() {
        int count = 700;
        TestClock.Hold hold = store.clock.hold();
        CompletableFuture<AppendOutcome> first = store.store().append(append(event("first")));
        hold.awaitEntered();
        List<CompletableFuture<AppendOutcome>> answers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            answers.add(store.store().append(append(event("e" + i).in("p" + i % 7))));
        }
        assertThat(answers).noneMatch(CompletableFuture::isDone);
        hold.release();

        assertThat(StoreUnderTest.answer(first)).isInstanceOf(Appended.class);
        List<AppendedEvent> appended = answers.stream()
                .map(StoreUnderTest::answer)
                .flatMap(it -> ((Appended) it).events().stream())
                .toList();

        assertThat(appended)
                .extracting(it -> it.position().value())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(2, count + 1L).boxed().toList());
        assertSequencesHaveNoGap(store.everything());
    }

    @Test
    void concurrent_appenders_get_each_place_once() throws InterruptedException {
        int appenders = 8;
        int each = 60;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < appenders; i++) {
            String name = "t" + i;
            threads.add(Thread.ofVirtual().start(() -> {
                for (int k = 0; k < each; k++) {
                    store.stored(
                            event(name + "-" + k).in("p" + k % 3),
                            event(name + "+" + k).in(name));
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        List<RecordedEvent> events = store.everything();

        assertThat(events)
                .extracting(it -> it.position().value())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 2L * appenders * each).boxed().toList());
        assertSequencesHaveNoGap(events);
    }

    @Test
    void reopening_keeps_everything() {
        UUID storeId = store.store().storeId();
        store.stored(event("a").in("x"), event("b").in("y"));
        store.stored(event("c").in("x").tagged("t"));
        List<byte[]> before =
                store.everything().stream().map(RecordedEvent::envelope).toList();
        store.append(event("d")
                .in("x")
                .moving(new dev.foldlog.core.append.CheckpointMove("reader", new Position(2), null, false)));

        store.reopen();

        assertThat(store.store().storeId()).isEqualTo(storeId);
        assertThat(store.store().head()).isEqualTo(new Position(4));
        assertThat(store.everything().stream()
                        .map(RecordedEvent::envelope)
                        .toList()
                        .subList(0, 3))
                .usingElementComparator(java.util.Arrays::compare)
                .isEqualTo(before);
        assertThat(store.store().checkpoint("reader"))
                .hasValueSatisfying(it -> assertThat(it.position()).isEqualTo(new Position(2)));
        assertThat(store.append(append(event("c").in("x").tagged("t"))))
                .isInstanceOfSatisfying(
                        Appended.class, it -> assertThat(it.isReplay()).isTrue());
        AppendedEvent next = store.stored(event("e").in("x")).getFirst();
        assertThat(next.position()).isEqualTo(new Position(5));
        assertThat(next.sequence()).isEqualTo(new Sequence(4));
    }

    @Test
    void two_stores_have_two_ids(@TempDir Path other) {
        try (StoreUnderTest second = StoreUnderTest.in(other)) {
            assertThat(second.store().storeId()).isNotEqualTo(store.store().storeId());
        }
    }

    @Test
    void recorded_at_never_goes_back_although_the_clock_does() {
        store.stored(event("a"));
        store.clock.set(TestClock.START.minus(Duration.ofDays(1)));
        store.stored(event("b"));
        store.reopen();
        store.stored(event("c"));
        store.clock.set(TestClock.START.plusNanos(1));
        store.stored(event("d"));

        assertThat(store.everything())
                .extracting(it -> StoreUnderTest.envelope(it).stamp().recordedAt())
                .containsExactly(TestClock.START, TestClock.START, TestClock.START, TestClock.START.plusNanos(1));
    }

    @Test
    void ids_that_look_alike_are_different_events() {
        UUID uuid = UUID.fromString("0198c0de-0000-7000-8000-00000000abcd");
        String[] ids = {
            uuid.toString(),
            uuid.toString().toUpperCase(java.util.Locale.ROOT),
            uuid.toString().replace("-", ""),
            "é",
            "e\u0301",
            "0"
        };
        for (String id : ids) {
            store.stored(event(id).payload("{\"id\":\"" + id + "\"}"));
        }

        for (String id : ids) {
            assertThat(store.store().event(new EventId(id)))
                    .hasValueSatisfying(it -> assertThat(StoreUnderTest.id(it)).isEqualTo(id));
        }
        assertThat(store.store().event(new EventId("unknown"))).isEmpty();
    }

    @Test
    void a_listener_hears_of_each_move_of_the_head_until_it_is_closed() {
        List<Long> heads = new ArrayList<>();
        try (var registration =
                store.store().onChange(() -> heads.add(store.store().head().value()))) {
            assertThat(registration).isNotNull();
            store.stored(event("a"));
            store.append(append(event("a")));
            store.stored(event("b"), event("c"));
        }
        store.stored(event("d"));

        assertThat(heads).containsExactly(1L, 3L);
    }

    @Test
    void partitions_know_their_bounds() {
        store.stored(event("a").in("x"), event("b").in("y"));
        store.clock.advance(Duration.ofSeconds(5));
        store.stored(event("c").in("x"));

        assertThat(store.store().partition("x"))
                .isEqualTo(new PartitionState(
                        "x", new Sequence(1), new Sequence(2), new Position(3), TestClock.START.plusSeconds(5)));
        assertThat(store.store().partition("z")).isEqualTo(PartitionState.empty("z"));
    }

    private static void assertSequencesHaveNoGap(List<RecordedEvent> events) {
        Map<String, Long> last = new HashMap<>();
        for (RecordedEvent event : events) {
            Envelope envelope = StoreUnderTest.envelope(event);
            long expected = last.merge(envelope.facts().partitionKey(), 1L, Long::sum);
            assertThat(envelope.stamp().sequence().value()).isEqualTo(expected);
            assertThat(envelope.stamp().position()).isEqualTo(event.position());
        }
    }
}
