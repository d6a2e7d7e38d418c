package dev.foldlog.store.sqlite;

import static dev.foldlog.store.sqlite.EventDraft.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.read.EventFilter;
import dev.foldlog.core.read.PageLimit;
import dev.foldlog.core.read.StreamSinceRead;
import dev.foldlog.core.read.StreamSlice;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A slice whose positions are too many to keep is read along the partition, and is the same. */
final class LargeSliceTest {
    private static final int NOTHING_KEPT = 0;
    private static final Instant OLD = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant RECENT = Instant.parse("2026-02-01T00:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void holds_what_a_small_one_holds() throws SQLException {
        try (StoreUnderTest store = StoreUnderTest.in(folder)) {
            List<EventDraft> drafts = new ArrayList<>();
            for (int i = 0; i < 90; i++) {
                drafts.add(event("e" + i)
                        .in(i % 3 == 0 ? "q" : "p")
                        .action(i % 4 == 0 ? "rare" : "approved")
                        .at(i > 20 && i % 5 != 0 ? RECENT.plusSeconds(i % 7) : OLD));
            }
            store.stored(EventDraft.append(drafts));
            Position head = store.store().head();
            for (EventFilter filter : List.of(
                    EventFilter.ALL,
                    Filters.of().actions("rare").filter(),
                    Filters.of().artifactIds("artifact").actions("approved").filter(),
                    Filters.of().artifactIds("none").filter())) {
                for (int limit : new int[] {0, 1, 5, 30, 100}) {
                    for (Position asOf : List.of(head, new Position(70), new Position(3))) {
                        StreamSinceRead read = new StreamSinceRead("p", RECENT, filter, limit, asOf);
                        assertThat(result(read, NOTHING_KEPT)).as("%s", read).isEqualTo(result(read, 1_000));
                    }
                }
            }
        }
    }

    @Test
    void costs_nothing_of_what_the_partition_has_before_it() throws SQLException {
        List<Long> steps = new ArrayList<>();
        for (int before : new int[] {100, 50_000}) {
            try (RawRows rows = new RawRows(folder.resolve(before + ".db"))) {
                rows.addUnreadable(before, OLD);
                rows.add(40, RECENT);
                MeteredReading reading = new MeteredReading(rows.connection());
                // The limit that nothing reaches is looked for backward, down to the slice's first event.
                StreamSlice slice = new SinceReads(
                                reading,
                                StoreUnderTest.CODEC,
                                new StreamSinceRead(
                                        RawRows.PARTITION,
                                        RECENT,
                                        Filters.of().artifactIds("artifact").filter(),
                                        39,
                                        rows.head()),
                                NOTHING_KEPT)
                        .open();
                assertThat(StoreUnderTest.all(slice.cursor(), StoreUnderTest.PAGE))
                        .hasSize(39);
                slice = new SinceReads(
                                reading,
                                StoreUnderTest.CODEC,
                                new StreamSinceRead(
                                        RawRows.PARTITION,
                                        RECENT,
                                        Filters.of().artifactIds("none").filter(),
                                        1,
                                        rows.head()),
                                NOTHING_KEPT)
                        .open();
                assertThat(StoreUnderTest.all(slice.cursor(), StoreUnderTest.PAGE))
                        .isEmpty();
                steps.add(reading.takeSteps());
            }
        }
        // What differs is the depth of a bisection.
        assertThat(steps.getLast()).isLessThan(steps.getFirst() * 2 + 1_000);
    }

    private List<Object> result(StreamSinceRead read, int keptMax) throws SQLException {
        try (Connection connection = Connections.looking(folder.resolve("foldlog.db"))) {
            StreamSlice slice =
                    new SinceReads(new MeteredReading(connection), StoreUnderTest.CODEC, read, keptMax).open();
            List<Object> result = new ArrayList<>(List.of(slice.lastSequence(), slice.isTruncated()));
            StoreUnderTest.all(slice.cursor(), new PageLimit(7, 1 << 20, true))
                    .forEach(it -> result.add(it.position()));
            return result;
        }
    }
}
