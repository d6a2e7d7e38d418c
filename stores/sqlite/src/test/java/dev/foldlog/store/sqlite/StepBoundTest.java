package dev.foldlog.store.sqlite;

import static dev.foldlog.store.sqlite.EventDraft.append;
import static dev.foldlog.store.sqlite.EventDraft.event;
import static dev.foldlog.store.sqlite.schema.Tables.EVENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.Sequence;
import dev.foldlog.core.read.Direction;
import dev.foldlog.core.read.EventCursor;
import dev.foldlog.core.read.EventFilter;
import dev.foldlog.core.read.EventPage;
import dev.foldlog.core.read.LogRead;
import dev.foldlog.core.read.PageLimit;
import dev.foldlog.core.read.StreamRead;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One step of a read looks at a bounded number of events, however few of them match. */
final class StepBoundTest {
    private static final int EVENTS = 10_000;
    private static final EventFilter NOTHING = Filters.of().artifactIds("none").filter();

    private final HeldCodec codec = new HeldCodec();

    @Test
    void a_filter_that_looks_inside_decodes_few_in_a_step(@TempDir Path folder) {
        try (StoreUnderTest store =
                StoreUnderTest.opened(clock -> SqliteEventStore.open(SqliteSettings.of(folder), codec, clock))) {
            fill(store);
            Position head = store.store().head();
            for (Direction direction : Direction.values()) {
                assertStepsAreShort(store.store().readAll(new LogRead(NOTHING, direction, Position.NONE, head)));
                EventFilter inPartition =
                        Filters.of().partitionKeys("p").artifactIds("none").filter();
                assertStepsAreShort(store.store().readAll(new LogRead(inPartition, direction, Position.NONE, head)));
                assertStepsAreShort(store.store()
                        .readStream(new StreamRead("p", NOTHING, direction, Sequence.NONE, head))
                        .cursor());
            }
            EventFilter tagged = Filters.of().tags("t").artifactIds("none").filter();
            assertStepsAreShort(store.store().readAll(new LogRead(tagged, Direction.FORWARD, Position.NONE, head)));
        }
    }

    @Test
    void what_matches_is_found_over_several_steps(@TempDir Path folder) {
        try (StoreUnderTest store =
                StoreUnderTest.opened(clock -> SqliteEventStore.open(SqliteSettings.of(folder), codec, clock))) {
            fill(store);
            EventFilter all = Filters.of().artifactIds("artifact").filter();
            for (Direction direction : Direction.values()) {
                for (PageLimit limit : List.of(
                        StoreUnderTest.PAGE,
                        new PageLimit(5_000, 1 << 30, false),
                        new PageLimit(3_000, 9_000, false))) {
                    assertThat(StoreUnderTest.all(
                                    store.store()
                                            .readAll(new LogRead(
                                                    all,
                                                    direction,
                                                    Position.NONE,
                                                    store.store().head())),
                                    limit))
                            .hasSize(EVENTS);
                }
            }
        }
    }

    @Test
    void a_step_along_candidates_looks_at_few_of_them(@TempDir Path folder) throws SQLException {
        try (RawRows rows = new RawRows(folder.resolve("rows.db"))) {
            rows.add(EVENTS, Instant.EPOCH);
            CandidateCursor.Plan plan = new CandidateCursor.Plan(
                    Candidates.selectedBy(new PageQuery(Sql.DIALECT
                            .select(EVENT.POSITION)
                            .from(EVENT)
                            .where(EVENT.POSITION.gt(PageQuery.LOW))
                            .and(EVENT.POSITION.le(PageQuery.HIGH))
                            .orderBy(EVENT.POSITION)
                            .limit(PageQuery.ROWS))),
                    FilterSql.condition(NOTHING),
                    PageFill.Match.of(NOTHING, codec),
                    true,
                    EVENTS + 1,
                    rows::head);
            assertStepsAreShort(new CandidateCursor(new MeteredReading(rows.connection()), plan, Position.NONE));
        }
    }

    @Test
    void a_step_along_the_log_goes_a_bounded_way(@TempDir Path folder) throws SQLException {
        try (RawRows rows = new RawRows(folder.resolve("rows.db"))) {
            rows.addUnreadable(100_000, Instant.EPOCH);
            EventCursor cursor = Cursors.log(
                    new MeteredReading(rows.connection()),
                    codec,
                    new LogRead(
                            Filters.of().producers("none").filter(), Direction.FORWARD, Position.NONE, rows.head()));
            long before = 0;
            EventPage page;
            do {
                page = cursor.next(StoreUnderTest.PAGE);
                assertThat(page.scanned().value() - before).isBetween(1L, 16_384L);
                before = page.scanned().value();
            } while (!page.isLast());
            assertThat(before).isEqualTo(100_000);
        }
    }

    private void assertStepsAreShort(EventCursor cursor) {
        long start = codec.opened();
        boolean isLast = false;
        while (!isLast) {
            long before = codec.opened();
            isLast = cursor.next(StoreUnderTest.PAGE).isLast();
            assertThat(codec.opened() - before).isLessThanOrEqualTo(4_096);
        }
        assertThat(codec.opened() - start).isEqualTo(EVENTS);
    }

    private static void fill(StoreUnderTest store) {
        List<EventDraft> drafts = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            drafts.add(event("e" + i).tagged("t"));
        }
        store.stored(append(drafts));
    }
}
