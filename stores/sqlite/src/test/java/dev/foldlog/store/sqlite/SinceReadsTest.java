package dev.foldlog.store.sqlite;

import static dev.foldlog.store.sqlite.EventDraft.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.Sequence;
import dev.foldlog.core.read.EventFilter;
import dev.foldlog.core.read.PageLimit;
import dev.foldlog.core.read.StreamSinceRead;
import dev.foldlog.core.read.StreamSlice;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The recent slice of a partition: what is in it, and that it costs what it holds. */
final class SinceReadsTest {
    private static final Instant OLD = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant RECENT = Instant.parse("2026-02-01T00:00:00Z");
    private static final EventFilter BY_ARTIFACT =
            Filters.of().artifactIds("artifact").filter();

    /** What is in it. */
    @Nested
    final class Slice {
        private final StoreUnderTest store;

        Slice(@TempDir Path folder) {
            store = StoreUnderTest.in(folder);
            // Times run against the sequences, and another partition is between them.
            store.stored(
                    event("new").at(RECENT.plusSeconds(3)),
                    event("other").in("q").at(RECENT.plusSeconds(9)),
                    event("old").at(OLD),
                    event("bound").at(RECENT),
                    event("before").at(RECENT.minusNanos(1)),
                    event("newer").at(RECENT.plusSeconds(5)),
                    event("newish").at(RECENT.plusSeconds(1)));
        }

        @org.junit.jupiter.api.AfterEach
        void close() {
            store.close();
        }

        @Test
        void holds_the_bound_itself_and_runs_along_sequences() {
            StreamSlice slice = read(EventFilter.ALL, 0, store.store().head());

            assertThat(ids(slice)).containsExactly("new", "bound", "newer", "newish");
            assertThat(slice.isTruncated()).isFalse();
            assertThat(slice.lastSequence()).isEqualTo(new Sequence(6));
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 4, 5})
        void a_limit_keeps_the_highest_sequences_and_says_that_it_cut(int limit) {
            List<String> whole = List.of("new", "bound", "newer", "newish");
            List<String> kept = whole.subList(Math.max(0, 4 - limit), 4);
            for (EventFilter filter : List.of(EventFilter.ALL, BY_ARTIFACT)) {
                StreamSlice slice = read(filter, limit, store.store().head());

                assertThat(ids(slice)).as("%s", filter).isEqualTo(kept);
                assertThat(slice.isTruncated()).as("%s", filter).isEqualTo(limit < 4);
            }
        }

        @Test
        void a_limit_counts_only_what_matches() {
            store.stored(event("other action").action("rejected").at(RECENT.plusSeconds(7)));
            EventFilter approved = Filters.of().actions("approved").filter();

            StreamSlice cut = read(approved, 3, store.store().head());
            StreamSlice whole = read(approved, 4, store.store().head());

            assertThat(ids(cut)).containsExactly("bound", "newer", "newish");
            assertThat(cut.isTruncated()).isTrue();
            assertThat(ids(whole)).containsExactly("new", "bound", "newer", "newish");
            assertThat(whole.isTruncated()).isFalse();
        }

        @Test
        void nothing_after_its_snapshot_is_in_it() {
            StreamSlice slice = read(EventFilter.ALL, 2, new Position(5));
            store.stored(event("late").at(RECENT.plusSeconds(8)));

            assertThat(ids(slice)).containsExactly("new", "bound");
            assertThat(slice.isTruncated()).isFalse();
            assertThat(slice.lastSequence()).isEqualTo(new Sequence(4));
        }

        @Test
        void is_empty_past_every_time_and_in_an_unknown_partition() {
            assertThat(ids(since("p", RECENT.plusSeconds(6)))).isEmpty();
            assertThat(since("p", RECENT.plusSeconds(6)).lastSequence()).isEqualTo(new Sequence(6));
            assertThat(ids(since("unknown", OLD))).isEmpty();
            assertThat(since("unknown", OLD).lastSequence()).isEqualTo(Sequence.NONE);
            assertThat(ids(since("p", Instant.MIN))).hasSize(6);
            assertThat(ids(since("p", Instant.MAX))).isEmpty();
        }

        private StreamSlice since(String partition, Instant since) {
            return store.store()
                    .readStreamSince(new StreamSinceRead(
                            partition, since, EventFilter.ALL, 0, store.store().head()));
        }

        private StreamSlice read(EventFilter filter, int limit, Position asOf) {
            return store.store().readStreamSince(new StreamSinceRead("p", RECENT, filter, limit, asOf));
        }

        private static List<String> ids(StreamSlice slice) {
            return StoreUnderTest.all(slice.cursor(), new PageLimit(2, 1 << 20, true)).stream()
                    .map(StoreUnderTest::id)
                    .toList();
        }
    }

    /** What it costs. */
    @Nested
    final class Cost {
        private static final int FEW = 100;
        private static final int MANY = 100_000;
        private static final long STRETCH_STEPS = 5_000;

        @TempDir
        Path folder;

        @Test
        void one_recent_event_costs_the_same_before_few_and_before_many_backfilled_ones() throws SQLException {
            try (RawRows few = backfilled(FEW, "few.db");
                    RawRows many = backfilled(MANY, "many.db")) {
                for (int limit : new int[] {0, 1}) {
                    assertThat(steps(many, limit, EventFilter.ALL, 1))
                            .as("what differs is how many steps of doubled length pass over the others")
                            .isLessThan(4 * steps(few, limit, EventFilter.ALL, 1) + STRETCH_STEPS);
                }
            }
        }

        @Test
        void the_same_slice_costs_the_same_in_a_small_and_in_a_large_partition() throws SQLException {
            try (RawRows small = ending(FEW, "small.db");
                    RawRows large = ending(MANY, "large.db")) {
                for (EventFilter filter : List.of(EventFilter.ALL, BY_ARTIFACT)) {
                    assertThat(steps(large, 0, filter, 50)).isLessThan(2 * steps(small, 0, filter, 50) + STRETCH_STEPS);
                    assertThat(steps(large, 10, filter, 10))
                            .isLessThan(2 * steps(small, 10, filter, 10) + STRETCH_STEPS);
                }
            }
        }

        @Test
        void a_slice_twice_as_large_costs_about_twice_as_much() throws SQLException {
            int events = 40_000;
            try (RawRows rows = new RawRows(folder.resolve("linear.db"))) {
                rows.add(events, RECENT);
                long half = steps(rows, 0, EventFilter.ALL, events / 2, RECENT.plusNanos(events / 2 + 1));
                long whole = steps(rows, 0, EventFilter.ALL, events, RECENT.plusNanos(1));

                assertThat(whole).isLessThan(half * 5 / 2);
            }
        }

        /** The control: without the index the meter shows all of them. */
        @Test
        void without_its_index_the_whole_partition_is_paid_for() throws SQLException {
            try (RawRows many = backfilled(MANY, "unindexed.db")) {
                many.execute("DROP INDEX event_late");

                assertThat(steps(many, 0, EventFilter.ALL, 1)).isGreaterThan(MANY);
            }
        }

        private RawRows backfilled(int count, String name) throws SQLException {
            RawRows rows = new RawRows(folder.resolve(name));
            rows.add(1, RECENT);
            rows.addUnreadable(count, OLD);
            return rows;
        }

        private RawRows ending(int count, String name) throws SQLException {
            RawRows rows = new RawRows(folder.resolve(name));
            rows.add(25, RECENT);
            rows.addUnreadable(count, OLD);
            rows.add(25, RECENT.plus(Duration.ofDays(1)));
            return rows;
        }

        private static long steps(RawRows rows, int limit, EventFilter filter, int expected) throws SQLException {
            return steps(rows, limit, filter, expected, RECENT);
        }

        private static long steps(RawRows rows, int limit, EventFilter filter, int expected, Instant since)
                throws SQLException {
            MeteredReading reading = new MeteredReading(rows.connection());
            StreamSlice slice = new SinceReads(
                            reading,
                            StoreUnderTest.CODEC,
                            new StreamSinceRead(RawRows.PARTITION, since, filter, limit, rows.head()))
                    .open();
            List<Long> read = StoreUnderTest.all(slice.cursor(), StoreUnderTest.PAGE).stream()
                    .map(it -> it.position().value())
                    .toList();
            assertThat(read).hasSize(expected).isSorted();
            assertThat(slice.lastSequence().value()).isEqualTo(rows.head().value());
            return reading.takeSteps();
        }
    }
}
