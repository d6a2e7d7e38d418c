package dev.foldlog.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.RecordedEvent;
import dev.foldlog.core.event.Sequence;
import dev.foldlog.core.read.Direction;
import dev.foldlog.core.read.EventCursor;
import dev.foldlog.core.read.EventFilter;
import dev.foldlog.core.read.EventPage;
import dev.foldlog.core.read.LogRead;
import dev.foldlog.core.read.PageLimit;
import dev.foldlog.core.read.StreamRead;
import dev.foldlog.core.read.StreamSinceRead;
import dev.foldlog.core.read.StreamSlice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every kind of read, with random filters, bounds and pages, against a list that is looked through. A failure
 * names its seed: put it among {@link #seeds} to see it again.
 */
final class ReadsModelTest {
    /** More than a window of keys, and than the candidates that are taken from an index at a time. */
    private static final int EVENTS = 5_000;

    private static final int APPEND = 250;
    private static final int READS = 12;

    private final StoreUnderTest store;

    ReadsModelTest(@TempDir Path folder) {
        store = StoreUnderTest.in(folder);
    }

    @AfterEach
    void close() {
        store.close();
    }

    /** A known one and one that nobody has seen. */
    static LongStream seeds() {
        return LongStream.of(20_260_301, new Random().nextLong());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void every_read_returns_what_the_model_has(long seed) {
        ReadModel model = filled(seed, EVENTS);
        for (int i = 0; i < READS; i++) {
            String as = "seed " + seed + ", read " + i;
            LogRead log = log(model, asOf(model));
            assertThat(read(model, store.store().readAll(log), as))
                    .as("%s: %s", as, log)
                    .isEqualTo(model.expected(log));
            StreamRead stream = stream(model);
            assertThat(read(model, store.store().readStream(stream).cursor(), as))
                    .as("%s: %s", as, stream)
                    .isEqualTo(model.expected(stream));
            assertSlice(model, as);
        }
    }

    @Test
    void a_read_goes_on_from_wherever_a_page_was_scanned_to() {
        long seed = new Random().nextLong();
        ReadModel model = filled(seed, EVENTS);
        for (int i = 0; i < READS; i++) {
            LogRead read = log(model, asOf(model));
            List<Long> positions = new ArrayList<>();
            Position at = read.after();
            boolean isLast = false;
            while (!isLast) {
                LogRead rest = new LogRead(read.filter(), read.direction(), at, read.asOf());
                EventPage page = store.store().readAll(rest).next(limit(model));
                page.events().forEach(it -> positions.add(it.position().value()));
                isLast = page.isLast();
                assertScanned(page, at, read.direction(), "seed " + seed + ": " + read);
                at = page.scanned();
            }
            assertThat(positions).as("seed %s: %s", seed, read).isEqualTo(model.expected(read));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void tails_see_every_later_commit_and_snapshots_none(long seed) {
        ReadModel model = filled(seed, 500);
        List<Follower> tails = new ArrayList<>();
        List<Follower> snapshots = new ArrayList<>();
        for (int round = 0; round < 30; round++) {
            EventFilter filter = model.filter();
            Position after = new Position(model.below(model.size() + 1));
            tails.add(new Follower(filter, after, store.store().tail(filter, after)));
            LogRead snapshot =
                    new LogRead(filter, Direction.FORWARD, after, store.store().head());
            snapshots.add(new Follower(filter, after, store.store().readAll(snapshot), model.expected(snapshot)));
            List<EventDraft> drafts = new ArrayList<>();
            for (int i = 0; i < 1 + model.below(60); i++) {
                drafts.add(model.draft());
            }
            store.stored(EventDraft.append(drafts));
            for (Follower follower : model.chance(50) ? tails : snapshots) {
                follower.take(limit(model));
            }
            model.know(store.everything());
        }

        for (Follower tail : tails) {
            tail.takeAll();
            LogRead all = new LogRead(
                    tail.filter, Direction.FORWARD, tail.after, store.store().head());
            assertThat(tail.positions)
                    .as("seed %s: tail %s after %s", seed, tail.filter, tail.after)
                    .isEqualTo(model.expected(all));
            assertThat(tail.scanned)
                    .as("seed %s: tail %s", seed, tail.filter)
                    .isEqualTo(store.store().head());
        }
        for (Follower snapshot : snapshots) {
            snapshot.takeAll();
            assertThat(snapshot.positions)
                    .as("seed %s: snapshot %s", seed, snapshot.filter)
                    .isEqualTo(snapshot.expected);
        }
    }

    @Test
    void what_the_model_knows_is_what_was_appended() {
        ReadModel model = new ReadModel(7);
        List<EventDraft> drafts = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            drafts.add(model.draft());
        }
        store.stored(EventDraft.append(drafts));

        List<RecordedEvent> stored = store.everything();
        for (int i = 0; i < drafts.size(); i++) {
            assertThat(StoreUnderTest.envelope(stored.get(i)).facts())
                    .isEqualTo(drafts.get(i).facts());
            assertThat(StoreUnderTest.payload(stored.get(i)))
                    .isEqualTo(drafts.get(i).payload());
        }
    }

    @Test
    void a_last_page_is_followed_by_empty_last_pages() {
        ReadModel model = filled(3, 300);
        PageLimit whole = new PageLimit(1_000, 1 << 20, true);
        for (Direction direction : Direction.values()) {
            for (EventFilter filter : List.of(
                    EventFilter.ALL,
                    Filters.of().tags("t1").filter(),
                    Filters.of().partitionKeys("p1").filter())) {
                EventCursor cursor = store.store()
                        .readAll(new LogRead(
                                filter, direction, Position.NONE, store.store().head()));
                List<Long> positions = new ArrayList<>();
                EventPage page = cursor.next(whole);
                page.events().forEach(it -> positions.add(it.position().value()));
                while (!page.isLast()) {
                    page = cursor.next(whole);
                    page.events().forEach(it -> positions.add(it.position().value()));
                }
                assertThat(positions)
                        .isEqualTo(model.expected(new LogRead(
                                filter, direction, Position.NONE, store.store().head())));
                assertThat(cursor.next(whole)).isEqualTo(new EventPage(List.of(), page.scanned(), true));
            }
        }
    }

    @Test
    void a_tail_is_not_at_its_end_while_the_head_has_moved_on() {
        PageLimit one = new PageLimit(1, 1 << 20, true);
        for (EventFilter filter : List.of(
                EventFilter.ALL,
                Filters.of().tags("t").filter(),
                Filters.of().partitionKeys("p").filter())) {
            Position head = store.store().head();
            EventCursor tail = store.store().tail(filter, head);
            store.stored(draft(head, 1), draft(head, 2));
            assertThat(tail.next(one).isLast()).as("%s", filter).isFalse();
            store.stored(draft(head, 3));

            EventPage second = tail.next(one);

            assertThat(second.events()).hasSize(1);
            assertThat(second.isLast()).as("%s", filter).isFalse();
            EventPage third = tail.next(one);
            assertThat(third.events()).hasSize(1);
            assertThat(third.scanned()).isEqualTo(store.store().head());
        }
    }

    @Test
    void a_page_keeps_to_its_bytes_but_lets_one_larger_event_through() {
        store.stored(
                EventDraft.event("small").payload("{}"),
                EventDraft.event("large").payload("{\"a\":\"" + "x".repeat(5_000) + "\"}"),
                EventDraft.event("next").payload("{}"));
        EventCursor cursor = store.store()
                .readAll(new LogRead(
                        EventFilter.ALL,
                        Direction.FORWARD,
                        Position.NONE,
                        store.store().head()));
        PageLimit limit = new PageLimit(10, 1_000, true);

        assertThat(cursor.next(limit).events()).extracting(StoreUnderTest::id).containsExactly("small");
        assertThat(cursor.next(limit).events()).extracting(StoreUnderTest::id).containsExactly("large");
        assertThat(cursor.next(limit).events()).extracting(StoreUnderTest::id).containsExactly("next");
    }

    private static EventDraft draft(Position after, int number) {
        return EventDraft.event("after-" + after + "-" + number).tagged("t");
    }

    private ReadModel filled(long seed, int count) {
        ReadModel model = new ReadModel(seed);
        for (int at = 0; at < count; at += APPEND) {
            List<EventDraft> drafts = new ArrayList<>();
            for (int i = 0; i < APPEND; i++) {
                drafts.add(model.draft());
            }
            store.stored(EventDraft.append(drafts));
        }
        model.know(store.everything());
        return model;
    }

    private void assertSlice(ReadModel model, String as) {
        long limit = model.chance(40) ? 0 : 1 + model.below(model.chance(50) ? 10 : 1_500);
        StreamSinceRead read = new StreamSinceRead(model.partition(), model.time(), model.filter(), limit, asOf(model));
        List<Long> whole = model.expected(read);
        boolean isCut = limit > 0 && whole.size() > limit;
        List<Long> kept = isCut ? whole.subList(whole.size() - (int) limit, whole.size()) : whole;

        StreamSlice slice = store.store().readStreamSince(read);

        assertThat(read(model, slice.cursor(), as)).as("%s: %s", as, read).isEqualTo(kept);
        assertThat(slice.isTruncated()).as("%s: %s", as, read).isEqualTo(isCut);
    }

    private static LogRead log(ReadModel model, Position asOf) {
        Direction direction = model.chance(50) ? Direction.FORWARD : Direction.BACKWARD;
        Position after = model.chance(40) ? Position.NONE : new Position(model.below(model.size() + 20));
        return new LogRead(model.filter(), direction, after, asOf);
    }

    private static StreamRead stream(ReadModel model) {
        Direction direction = model.chance(50) ? Direction.FORWARD : Direction.BACKWARD;
        Sequence after = model.chance(40) ? Sequence.NONE : new Sequence(model.below(model.size() / 3));
        return new StreamRead(model.partition(), model.filter(), direction, after, asOf(model));
    }

    private static Position asOf(ReadModel model) {
        return new Position(model.chance(50) ? model.size() : model.below(model.size() + 1));
    }

    private static PageLimit limit(ReadModel model) {
        int events = model.chance(30) ? 1 + model.below(7) : 1 + model.below(2_000);
        return new PageLimit(events, model.chance(20) ? 1 + model.below(20_000) : 1 << 20, model.chance(80));
    }

    private static List<Long> read(ReadModel model, EventCursor cursor, String as) {
        List<Long> positions = new ArrayList<>();
        EventPage page;
        do {
            PageLimit limit = limit(model);
            page = cursor.next(limit);
            assertThat(page.events()).as(as).hasSizeLessThanOrEqualTo(limit.eventsMax());
            assertThat(page.events()).as(as).allMatch(it -> (it.payload() != null) == limit.withPayloads());
            page.events().forEach(it -> positions.add(it.position().value()));
        } while (!page.isLast());
        return positions;
    }

    /** What was scanned goes on, and no event of the page is past it. */
    private static void assertScanned(EventPage page, Position before, Direction direction, String as) {
        for (RecordedEvent event : page.events()) {
            boolean isWithin = direction == Direction.FORWARD
                    ? event.position().compareTo(page.scanned()) <= 0
                    : event.position().compareTo(page.scanned()) >= 0;
            assertThat(isWithin).as(as).isTrue();
        }
        if (direction == Direction.FORWARD) {
            assertThat(page.scanned()).as(as).isGreaterThanOrEqualTo(before);
        } else if (!before.equals(Position.NONE)) {
            assertThat(page.scanned()).as(as).isLessThanOrEqualTo(before);
        }
    }

    /** A read that is taken page by page while the log grows. */
    private static final class Follower {
        private final EventFilter filter;
        private final Position after;
        private final EventCursor cursor;
        private final List<Long> expected;
        private final List<Long> positions = new ArrayList<>();
        private Position scanned = Position.NONE;

        Follower(EventFilter filter, Position after, EventCursor cursor) {
            this(filter, after, cursor, List.of());
        }

        Follower(EventFilter filter, Position after, EventCursor cursor, List<Long> expected) {
            this.filter = filter;
            this.after = after;
            this.cursor = cursor;
            this.expected = expected;
        }

        boolean take(PageLimit limit) {
            EventPage page = cursor.next(limit);
            page.events().forEach(it -> positions.add(it.position().value()));
            scanned = page.scanned();
            return page.isLast();
        }

        void takeAll() {
            boolean isLast = false;
            while (!isLast) {
                isLast = take(StoreUnderTest.PAGE);
            }
        }
    }
}
