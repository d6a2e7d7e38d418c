package dev.foldlog.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.read.Direction;
import dev.foldlog.core.read.EventCursor;
import dev.foldlog.core.read.EventFilter;
import dev.foldlog.core.read.EventPage;
import dev.foldlog.core.read.LogRead;
import dev.foldlog.core.read.PageLimit;
import dev.foldlog.store.sqlite.PageQuery.Bounds;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A read of some actions finds them by the index of kinds, whatever else the log holds. */
final class KindCandidatesTest {
    private static final int EVENTS = 100_000;
    private static final int EACH = 10_000;
    private static final EventFilter RARE = Filters.of().actions("rare").filter();
    private static final EventFilter EITHER =
            Filters.of().actions("rare", "rarer").filter();
    private static final Bounds WHOLE = new Bounds(0, EVENTS, 1_000);

    @TempDir
    private Path folder;

    private RawRows rows;

    @BeforeEach
    void among_many_approvals_few_are_rare() throws SQLException {
        rows = new RawRows(folder.resolve("rows.db"));
        rows.addUnreadable(EVENTS, Instant.EPOCH);
        rows.execute("INSERT INTO kind VALUES (2, 'summary', 'rare', 1, 1), (3, 'summary', 'rarer', 1, 1)");
        rows.execute("UPDATE event SET kind_id = 2 WHERE position % " + EACH + " = 1");
        rows.execute("UPDATE event SET kind_id = 3 WHERE position % " + EACH + " = 2");
    }

    @AfterEach
    void close() throws SQLException {
        rows.close();
    }

    @Test
    void are_those_of_the_kind_in_the_read_s_direction() throws SQLException {
        long[] rare = LongStream.range(0, EVENTS / EACH).map(i -> i * EACH + 1).toArray();

        assertThat(between(RARE, true, WHOLE)).containsExactly(rare);
        assertThat(between(RARE, false, WHOLE)).containsExactly(reversed(rare));
        assertThat(between(RARE, true, new Bounds(1, 30_001, 1_000))).containsExactly(10_001, 20_001, 30_001);
        assertThat(between(RARE, true, new Bounds(0, EVENTS, 2))).containsExactly(1, 10_001);
        assertThat(between(RARE, false, new Bounds(0, EVENTS, 2))).containsExactly(90_001, 80_001);
    }

    @Test
    void of_several_kinds_are_merged() throws SQLException {
        assertThat(between(EITHER, true, new Bounds(0, EVENTS, 3))).containsExactly(1, 2, 10_001);
        assertThat(between(EITHER, false, new Bounds(0, 10_002, 3))).containsExactly(10_002, 10_001, 2);
    }

    @Test
    void are_none_where_no_kind_has_the_action() throws SQLException {
        assertThat(between(Filters.of().actions("unknown").filter(), true, WHOLE))
                .isEmpty();
    }

    @Test
    void are_all_events_where_there_are_few() throws SQLException {
        assertThat(between(RARE, true, new Bounds(5, 8, 3))).containsExactly(6, 7, 8);
        assertThat(between(RARE, false, new Bounds(5, 8, 3))).containsExactly(8, 7, 6);
        assertThat(between(RARE, true, new Bounds(8, 8, 3))).isEmpty();
    }

    @Test
    void are_stretches_of_all_events_where_the_kinds_are_many() throws SQLException {
        for (int i = 0; i < 20; i++) {
            rows.execute("INSERT INTO kind VALUES (" + (10 + i) + ", 'summary', 'rare', " + (2 + i) + ", 1)");
        }
        assertThat(between(RARE, true, new Bounds(0, EVENTS, 3))).containsExactly(1, 2, 3);
    }

    @Test
    void include_a_kind_that_came_after_the_read_began() throws SQLException {
        KindCandidates candidates = new KindCandidates(RARE, true);
        candidates.between(rows.connection(), WHOLE);
        rows.execute("INSERT INTO kind VALUES (4, 'answer', 'rare', 1, 1)");
        rows.execute("UPDATE event SET kind_id = 4 WHERE position = 77");

        assertThat(candidates.between(rows.connection(), new Bounds(0, EVENTS, 2)))
                .containsExactly(1, 77);
    }

    @Test
    void cost_what_they_are() throws SQLException {
        Position head = rows.head();
        MeteredReading reading = new MeteredReading(rows.connection());
        LogRead none = new LogRead(
                Filters.of().actions("rare").producers("none").filter(), Direction.FORWARD, Position.NONE, head);

        assertThat(StoreUnderTest.all(Cursors.log(reading, StoreUnderTest.CODEC, none), StoreUnderTest.PAGE))
                .isEmpty();

        assertThat(reading.takeSteps()).isLessThan(5_000);
    }

    /** The control: without the index the meter shows the whole log. */
    @Test
    void without_the_index_all_events_are_paid_for() throws SQLException {
        rows.execute("DROP INDEX event_by_kind");
        MeteredReading reading = new MeteredReading(rows.connection());

        reading.read(connection -> between(connection, RARE, true, WHOLE));

        assertThat(reading.takeSteps()).isGreaterThan(EVENTS);
    }

    @Test
    void close_to_each_other_are_read_in_stretches_and_nothing_else_is_taken(@TempDir Path other) throws SQLException {
        try (RawRows mixed = new RawRows(other.resolve("mixed.db"))) {
            mixed.add(5_000, Instant.EPOCH);
            mixed.execute("INSERT INTO kind VALUES (2, 'summary', 'rare', 1, 1)");
            mixed.execute("UPDATE event SET kind_id = 2 WHERE position % 3 = 1 OR position > 4900");
            long[] expected = LongStream.rangeClosed(1, 5_000)
                    .filter(i -> i % 3 == 1 || i > 4_900)
                    .toArray();

            assertThat(positions(mixed, Direction.FORWARD)).containsExactly(expected);
            assertThat(positions(mixed, Direction.BACKWARD)).containsExactly(reversed(expected));
        }
    }

    private static long[] positions(RawRows rows, Direction direction) throws SQLException {
        EventCursor cursor = Cursors.log(
                new MeteredReading(rows.connection()),
                StoreUnderTest.CODEC,
                new LogRead(RARE, direction, Position.NONE, rows.head()));
        List<Long> found = new ArrayList<>();
        EventPage page;
        do {
            page = cursor.next(new PageLimit(300, 1 << 20, false));
            page.events().forEach(it -> found.add(it.position().value()));
        } while (!page.isLast());
        return found.stream().mapToLong(Long::longValue).toArray();
    }

    private long[] between(EventFilter filter, boolean isForward, Bounds bounds) throws SQLException {
        return between(rows.connection(), filter, isForward, bounds);
    }

    private static long[] between(Connection connection, EventFilter filter, boolean isForward, Bounds bounds)
            throws SQLException {
        return new KindCandidates(filter, isForward).between(connection, bounds);
    }

    private static long[] reversed(long[] values) {
        return LongStream.range(0, values.length)
                .map(i -> values[values.length - 1 - (int) i])
                .toArray();
    }
}
